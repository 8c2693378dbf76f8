using System.Globalization;
using System.Text;

namespace ServerlessCqrs.ShopViews.Products;

/// <summary>
/// The sort keys of the lists. DynamoDB sorts them by UTF-8 bytes, which gives the order of the list. Each ends with
/// the product's id, so that keys are distinct.
/// </summary>
internal static class ProductKeys
{
    private const int IdLength = 36;

    /// <summary>
    /// Sorts before every character of a name, so that a name precedes longer names that start with it.
    /// </summary>
    private const char End = '\u0001';

    /// <summary>
    /// Returns the key of a product in lists of that order. Descending orders read the same keys backwards.
    /// </summary>
    public static string Of(ProductSort sort, ProductDocument product) => sort switch
    {
        ProductSort.Price or ProductSort.PriceDescending => OfPrice(product.Pricing.CurrentPrice, product.Id),
        ProductSort.Name => OfName(product.Name, product.Id),
        ProductSort.Newest => OfTime(product.CreatedAt, product.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    /// <summary>Returns true if the list starts at the greatest key.</summary>
    public static bool IsDescending(ProductSort sort) => sort is ProductSort.PriceDescending or ProductSort.Newest;

    /// <summary>Returns true if the text has the form of a key of that order.</summary>
    public static bool IsKey(ProductSort sort, string key) => key.Length > IdLength && Guid.TryParseExact(key[^IdLength..], "D", out _) && sort switch
    {
        ProductSort.Name => key[^(IdLength + 1)] == End && Encoding.UTF8.GetByteCount(key) <= MaxBytes,
        _ => key.Length == IdLength + 1 + Digits && key[Digits] == End && key.AsSpan(0, Digits).IndexOfAnyExceptInRange('0', '9') < 0,
    };

    /// <summary>DynamoDB's limit of a sort key.</summary>
    private const int MaxBytes = 1024;

    /// <summary>Enough digits for the milliseconds of the year 9999, and for any price in cents.</summary>
    private const int Digits = 15;

    public static string OfPrice(decimal price, Guid id) => Number(Cents(price), id);

    public static string OfTime(DateTimeOffset at, Guid id) => Number(at.ToUnixTimeMilliseconds(), id);

    /// <summary>
    /// Ignores case and the spacing of words. It uses at most 240 characters, which are at most 720 bytes.
    /// </summary>
    public static string OfName(string name, Guid id)
    {
        var folded = string.Join(' ', name.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{(folded.Length > 240 ? folded[..240] : folded).Replace(End, ' ')}{End}{id:D}";
    }

    /// <summary>Returns a key below those of all products at this price, and above those of all lower prices.</summary>
    public static string BelowPrice(decimal price) => Cents(price).ToString($"D{Digits}", CultureInfo.InvariantCulture);

    /// <summary>
    /// Returns a key above those of all products at this price, and below those of all higher prices.
    /// </summary>
    public static string AbovePrice(decimal price) => $"{BelowPrice(price)}{(char)(End + 1)}";

    /// <summary>Returns the product's id from a key of any order.</summary>
    public static Guid ProductOf(string key) => Guid.ParseExact(key[^IdLength..], "D");

    private static long Cents(decimal price) => (long)(price * 100);

    private static string Number(long number, Guid id) => $"{number.ToString($"D{Digits}", CultureInfo.InvariantCulture)}{End}{id:D}";
}
