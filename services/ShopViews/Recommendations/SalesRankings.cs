namespace ServerlessCqrs.ShopViews.Recommendations;

/// <summary>The rankings of what was sold: <c>recommendations-v1</c>, with what was bought together with each product, and <c>best-sellers-v1</c>.</summary>
public sealed record SalesRankings(
    IRankings BoughtTogether,
    IRankings BestSellers)
{
    /// <summary>How many others a product has at most.</summary>
    public const int MostOthers = 10;

    /// <summary>How many products a category has at most.</summary>
    public const int MostBestSellers = 50;

    /// <summary>The key of what was bought together with a product.</summary>
    public static string KeyOf(Guid product) => product.ToString("D");

    /// <summary>The key of a category's best sellers, or of all products'.</summary>
    public static string KeyOf(string? category) => category is null ? "all" : $"category {category}";
}
