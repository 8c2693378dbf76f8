# Runs a query on ClickHouse with a configuration, and prints the answer: clickhouse-query.py LIBCHDB CONFIG DATA QUERY.
# In a process of its own: chDB's library runs once in a process (chdb.h of 26.7).
import ctypes
import sys

library, config, data, query = sys.argv[1:]
chdb = ctypes.CDLL(library)
for name, answer in (("chdb_query_cmdline", ctypes.c_void_p), ("chdb_result_buffer", ctypes.c_void_p), ("chdb_result_length", ctypes.c_size_t), ("chdb_result_error", ctypes.c_char_p)):
    getattr(chdb, name).restype = answer
for name in ("chdb_result_buffer", "chdb_result_length", "chdb_result_error"):
    getattr(chdb, name).argtypes = [ctypes.c_void_p]
arguments = [text.encode() for text in ("clickhouse", "--path=" + data, "--config-file=" + config, "--output-format=TSVRaw", "--query", query)]
result = chdb.chdb_query_cmdline(len(arguments), (ctypes.c_char_p * len(arguments))(*arguments))
if error := chdb.chdb_result_error(result):
    sys.exit(error.decode())
length = chdb.chdb_result_length(result)
print(ctypes.string_at(chdb.chdb_result_buffer(result), length).decode() if length else "")
