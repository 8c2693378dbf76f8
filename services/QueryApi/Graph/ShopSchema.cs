using GraphQL;
using GraphQL.Types;
using ServerlessCqrs.Graph;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.ShopViews.Recommendations;
using ServerlessCqrs.ShopViews.Search;

namespace ServerlessCqrs.QueryApi.Graph;

/// <summary>The shop's reads in GraphQL. <c>docs/schema.graphql</c> is its text.</summary>
public sealed class ShopSchema : Schema
{
    public ShopSchema()
    {
        Description = "A product shop. Queries only: send mutations to POST /graphql.";
        Query = new ShopQueries();
        this.WithIntrospectionComplexityImpact(0);
    }
}

/// <summary>Fields that read a store may be null, so an error of one does not hide the others.</summary>
internal sealed class ShopQueries : ObjectGraphType
{
    private const string AtLeast = "Reads your own write: this version or later, never older.";

    public ShopQueries()
    {
        Name = "Query";
        Field<ProductNode>("product")
            .Description("One product. Null if there is none, or if it was deleted.")
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .Argument<IntGraphType>("atLeastVersion", AtLeast)
            .CostsRead()
            .ResolveAsync(Reading.ProductAsync);
        Field<ProductPageNode>("products")
            .Description("Products of one category, or of all. The list may be some seconds behind its products.")
            .Argument<StringGraphType>("category")
            .Argument<NonNullGraphType<ProductSortNode>>("sort", argument => argument.DefaultValue = ProductSort.Newest)
            .Pages()
            .ResolveAsync(Reading.ProductsAsync);
        Field<SearchPageNode>("search")
            .Description("Products that have every word. The search may be some seconds behind the products.")
            .Argument<NonNullGraphType<StringGraphType>>("text")
            .Argument<StringGraphType>("category")
            .Argument<DecimalGraphType>("minPrice")
            .Argument<DecimalGraphType>("maxPrice")
            .Argument<NonNullGraphType<SearchSortNode>>("sort", argument => argument.DefaultValue = ProductSearchSort.Relevance)
            .Pages()
            .ResolveAsync(Reading.SearchAsync);
        Field<ListGraphType<NonNullGraphType<BestSellerNode>>>("bestSellers")
            .Description("Products that sold most items in the last months, of one category or all.")
            .Argument<StringGraphType>("category")
            .Limited(SalesRankings.MostBestSellers)
            .ResolveAsync(Reading.BestSellersAsync);
        Field<OrderNode>("order")
            .Description("One order, for its customer and operators. Private.")
            .OnlyForOwner()
            .Argument<NonNullGraphType<IdGraphType>>("id")
            .Argument<IntGraphType>("atLeastVersion", AtLeast)
            .CostsRead()
            .ResolveAsync(Reading.OrderAsync);
        Field<OrderPageNode>("orders")
            .Description("The caller's orders, newest first. Private.")
            .OnlyForOwner()
            .Pages()
            .ResolveAsync(Reading.OrdersAsync);
    }
}

internal sealed class SearchSortNode : EnumerationGraphType
{
    public SearchSortNode()
    {
        Name = "SearchSort";
        Add("RELEVANCE", ProductSearchSort.Relevance, "By where the words are.");
        Add("PRICE", ProductSearchSort.Price, "Lowest first.");
        Add("PRICE_DESCENDING", ProductSearchSort.PriceDescending);
        Add("NAME", ProductSearchSort.Name);
        Add("NEWEST", ProductSearchSort.Newest);
    }
}
