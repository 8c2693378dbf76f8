namespace ServerlessCqrs.Projections.Lists;

/// <summary>Lists as <see cref="DynamoList"/> has them, of documents in memory.</summary>
public static class InMemoryList
{
    /// <param name="keyOf">The document's key in the list; null where it is not in it.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one that this list gave.</exception>
    public static (IReadOnlyList<TDocument> Page, string? Next) Read<TDocument>(IEnumerable<TDocument> documents, Func<TDocument, string?> keyOf, string list, bool descending, int limit, string? cursor)
    {
        var after = Cursor.Read(cursor, list, TimeKey.IsKey);
        var order = Comparer<string>.Create((x, y) => descending ? string.CompareOrdinal(y, x) : string.CompareOrdinal(x, y));
        List<(string Key, TDocument Document)> rest =
        [
            .. documents
                .Select(document => (Key: keyOf(document)!, document))
                .Where(entry => entry.Key is not null && (after is null || order.Compare(entry.Key, after) > 0))
                .OrderBy(entry => entry.Key, order)
                .Take(limit + 1),
        ];
        return ([.. rest.Take(limit).Select(entry => entry.Document)], rest.Count > limit ? Cursor.Write(list, rest[limit - 1].Key) : null);
    }
}
