using System.Buffers.Text;
using System.Text;

namespace ServerlessCqrs.ReadModels.Products;

/// <summary>
/// The place in a list after which the next page begins: the last key that was shown. A key, not a count, so that what is added or removed meanwhile neither repeats nor hides a product.
/// It is no secret and needs no seal: a changed one leads elsewhere in the same public list, or is refused.
/// </summary>
internal static class ProductCursor
{
    private const string AllCategories = "*";

    public static string Write(ProductBrowse query, string lastKey) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{query.Sort}\n{query.Category ?? AllCategories}\n{lastKey}"));

    /// <summary>The last key; null where the query has no cursor.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one that this query gave.</exception>
    public static string? Read(ProductBrowse query)
    {
        if (query.Cursor is null) return null;
        var parts = Decode(query.Cursor).Split('\n');
        return parts.Length == 3 && parts[0] == query.Sort.ToString() && parts[1] == (query.Category ?? AllCategories) && ProductKeys.IsKey(query.Sort, parts[2])
            ? parts[2]
            : throw new InvalidCursorException();
    }

    private static string Decode(string cursor)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidCursorException();
        }
    }
}
