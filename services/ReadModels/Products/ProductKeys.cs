using System.Globalization;
using System.Text;

namespace ServerlessCqrs.ReadModels.Products;

/// <summary>The sort keys of the lists: texts whose order by UTF-8 bytes, which is DynamoDB's, is the order of the list. Each ends with the product's id, so that no two products share one.</summary>
internal static class ProductKeys
{
    private const int IdLength = 36;

    /// <summary>Below every character that a name can hold, so that a name comes before its longer versions.</summary>
    private const char End = '\u0001';

    /// <summary>The key of a product in lists of that order. Descending orders read the same keys backwards.</summary>
    public static string Of(ProductSort sort, ProductDocument product) => sort switch
    {
        ProductSort.Price or ProductSort.PriceDescending => Price(product),
        ProductSort.Name => Name(product),
        ProductSort.Newest => Newest(product),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    /// <summary>Whether the list is read from the greatest key down.</summary>
    public static bool IsDescending(ProductSort sort) => sort is ProductSort.PriceDescending or ProductSort.Newest;

    /// <summary>Whether the text could be a key of that order.</summary>
    public static bool IsKey(ProductSort sort, string key) => key.Length > IdLength && Guid.TryParseExact(key[^IdLength..], "D", out _) && sort switch
    {
        ProductSort.Name => key[^(IdLength + 1)] == End && Encoding.UTF8.GetByteCount(key) <= MaxBytes,
        _ => key.Length == IdLength + 1 + Digits && key[Digits] == End && key.AsSpan(0, Digits).IndexOfAnyExceptInRange('0', '9') < 0,
    };

    /// <summary>DynamoDB's limit of a sort key.</summary>
    private const int MaxBytes = 1024;

    /// <summary>Enough for the milliseconds of the year 9999, and for any price in cents.</summary>
    private const int Digits = 15;

    private static string Price(ProductDocument product) => Number((long)(product.Pricing.CurrentPrice * 100), product);

    private static string Newest(ProductDocument product) => Number(product.CreatedAt.ToUnixTimeMilliseconds(), product);

    private static string Number(long number, ProductDocument product) => $"{number.ToString($"D{Digits}", CultureInfo.InvariantCulture)}{End}{product.Id:D}";

    /// <summary>Without regard to case and to how words are spaced; at most 240 characters of it, which are at most 720 bytes.</summary>
    private static string Name(ProductDocument product)
    {
        var folded = string.Join(' ', product.Name.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{(folded.Length > 240 ? folded[..240] : folded).Replace(End, ' ')}{End}{product.Id:D}";
    }
}

/// <summary>Orders texts by their UTF-8 bytes, as DynamoDB does: by code point, where .NET's ordinal order differs beyond the basic plane.</summary>
internal sealed class Utf8Comparer : IComparer<string>
{
    public static Utf8Comparer Instance { get; } = new();

    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
