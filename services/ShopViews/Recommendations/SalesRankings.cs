namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>
/// The sales rankings: <c>recommendations-v1</c> (bought together with each product) and <c>best-sellers-v1</c>.
/// </summary>
public sealed record SalesRankings(
    IRankings BoughtTogether,
    IRankings BestSellers)
{
    /// <summary>The maximum number of others per product.</summary>
    public const int MostOthers = 10;

    /// <summary>The maximum number of products per category.</summary>
    public const int MostBestSellers = 50;

    /// <summary>Returns the key of the products that were bought together with this one.</summary>
    public static string KeyOf(Guid product) => product.ToString("D");

    /// <summary>Returns the key of a category's best sellers, or of all products' if null.</summary>
    public static string KeyOf(string? category) => category is null ? "all" : $"category {category}";
}
