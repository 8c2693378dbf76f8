using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.ShopViews.Search;

/// <summary>The lists and the table of words of the search.</summary>
internal static class SearchLists
{
    private static readonly DocumentAttribute<SearchDocument> Category = new("category", product => product.IsListed ? product.Category : null);

    /// <summary>By price. The lists carry no more than their keys, so that half a read unit reads some 35 products.</summary>
    public static DocumentList<SearchDocument> ByPrice { get; } = new(
        "by-price",
        Category,
        new("priceKey", product => product.IsListed ? ProductKeys.OfPrice(product.Price, product.Id) : null),
        [],
        ProductLists.OfACategory("changes of price", 2));

    public static DocumentList<SearchDocument> ByName { get; } = new(
        "by-name",
        Category,
        new("nameKey", product => product.IsListed ? ProductKeys.OfName(product.Name, product.Id) : null),
        [],
        ProductLists.OfACategory("changes of name", 2));

    /// <summary>Which products each word finds, by the word's first two characters.</summary>
    public static Table Words { get; } = new(
        "product-search-v1-words",
        new KeyAttribute("beginning"),
        new KeyAttribute("posting"),
        Shared: new SharedPartition("the words with the same first two characters, of all products", "new or changed words", 1));
}
