using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections.Dynamo;

namespace ServerlessCqrs.Projections.Lists;

/// <summary>Lists in the order of time, in an index whose keys are a list's name and a <see cref="TimeKey"/>: a page is one query.</summary>
public sealed class DynamoList(DynamoIndex index, string key)
{
    /// <summary>The items of a page, and the cursor of the next.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one that this list gave.</exception>
    public async Task<(IReadOnlyList<Dictionary<string, AttributeValue>> Items, string? Next)> ReadAsync(string list, bool descending, int limit, string? cursor, CancellationToken ct)
    {
        // one more than the page tells whether there is a next one
        var items = await index.QueryAsync(list, Cursor.Read(cursor, list, TimeKey.IsKey), descending, limit + 1, ct);
        return items.Count <= limit ? (items, null) : ([.. items.Take(limit)], Cursor.Write(list, items[limit - 1][key].S));
    }
}
