using GraphQL;
using GraphQL.Types;
using ServerlessCqrs.Graph;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi.Graph;

internal sealed class ProductNode : ObjectGraphType<ProductDocument>
{
    public ProductNode()
    {
        Name = "Product";
        Description = "A product, as GET /products/{id} returns it.";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(product => product.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(product => product.Source.Name);
        Field<NonNullGraphType<StringGraphType>>("slug").Resolve(product => product.Source.Slug);
        Field<NonNullGraphType<StringGraphType>>("description").Resolve(product => product.Source.Description);
        Field<NonNullGraphType<StringGraphType>>("category").Resolve(product => product.Source.Category);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<SpecificationNode>>>>("specifications").Resolve(product => product.Source.Specifications);
        Field<NonNullGraphType<InventoryNode>>("inventory").Resolve(product => product.Source.Inventory);
        Field<NonNullGraphType<PricingNode>>("pricing").Resolve(product => product.Source.Pricing);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ImageNode>>>>("images").Resolve(product => product.Source.Images);
        Field<DecimalGraphType>("averageRating")
            .Description("1 to 5. Null without reviews.")
            .Resolve(product => product.Source.TotalReviews == 0 ? null : product.Source.AverageRating);
        Field<NonNullGraphType<IntGraphType>>("totalReviews").Resolve(product => product.Source.TotalReviews);
        Field<NonNullGraphType<BooleanGraphType>>("inStock").Resolve(product => product.Source.InStock);
        Field<NonNullGraphType<IdGraphType>>("seller").Resolve(product => product.Source.Seller);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("For If-Match of a write, and for atLeastVersion.")
            .Resolve(product => product.Source.Version);
        Field<NonNullGraphType<AnswerTimeGraphType>>("createdAt").Resolve(product => product.Source.CreatedAt);
        Field<NonNullGraphType<AnswerTimeGraphType>>("updatedAt").Resolve(product => product.Source.UpdatedAt);
        Field<ReviewPageNode>("reviews")
            .Description("Approved reviews, the latest first. They may be some seconds behind.")
            .Pages()
            .ResolveAsync(Reading.ReviewsAsync);
        Field<ListGraphType<NonNullGraphType<BoughtTogetherNode>>>("boughtTogether")
            .Description("Products that were most often in the same confirmed orders of the last months.")
            .Limited(ServerlessCqrs.ShopViews.Recommendations.SalesRankings.MostOthers)
            .ResolveAsync(Reading.BoughtTogetherAsync);
    }
}

internal sealed class SpecificationNode : ObjectGraphType<KeyValuePair<string, string>>
{
    public SpecificationNode()
    {
        Name = "Specification";
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(pair => pair.Source.Key);
        Field<NonNullGraphType<StringGraphType>>("value").Resolve(pair => pair.Source.Value);
    }
}

internal sealed class InventoryNode : ObjectGraphType<ProductInventory>
{
    public InventoryNode()
    {
        Name = "Inventory";
        Field<NonNullGraphType<IntGraphType>>("quantity").Resolve(inventory => inventory.Source.Quantity);
        Field<NonNullGraphType<StringGraphType>>("warehouse").Resolve(inventory => inventory.Source.Warehouse);
    }
}

internal sealed class PricingNode : ObjectGraphType<ProductPricing>
{
    public PricingNode()
    {
        Name = "Pricing";
        Description = "Prices in units of the currency.";
        Field<NonNullGraphType<DecimalGraphType>>("basePrice").Resolve(pricing => pricing.Source.BasePrice);
        Field<NonNullGraphType<DecimalGraphType>>("currentPrice").Resolve(pricing => pricing.Source.CurrentPrice);
        Field<NonNullGraphType<DecimalGraphType>>("discountPercent")
            .Description("How far the current price is below the base price, in percent of the base price.")
            .Resolve(pricing => pricing.Source.Discount);
        Field<NonNullGraphType<StringGraphType>>("currency").Resolve(pricing => pricing.Source.Currency);
    }
}

internal sealed class ImageNode : ObjectGraphType<ProductDocumentImage>
{
    public ImageNode()
    {
        Name = "Image";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(image => image.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("url").Resolve(image => image.Source.Url);
        Field<NonNullGraphType<StringGraphType>>("alt").Resolve(image => image.Source.Alt);
    }
}

internal sealed class ProductSummaryNode : ObjectGraphType<ProductSummaryBody>
{
    public ProductSummaryNode()
    {
        Name = "ProductSummary";
        Description = "What lists show of a product. It may be some seconds behind the product.";
        Field<NonNullGraphType<IdGraphType>>("id").Resolve(product => product.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(product => product.Source.Name);
        Field<NonNullGraphType<StringGraphType>>("slug").Resolve(product => product.Source.Slug);
        Field<NonNullGraphType<StringGraphType>>("category").Resolve(product => product.Source.Category);
        Field<NonNullGraphType<DecimalGraphType>>("currentPrice").Resolve(product => product.Source.CurrentPrice);
        Field<NonNullGraphType<DecimalGraphType>>("discountPercent").Resolve(product => product.Source.DiscountPercent);
        Field<NonNullGraphType<StringGraphType>>("currency").Resolve(product => product.Source.Currency);
        Field<StringGraphType>("image").Resolve(product => product.Source.Image);
        Field<DecimalGraphType>("averageRating")
            .Description("1 to 5. Null without reviews.")
            .Resolve(product => product.Source.AverageRating);
        Field<NonNullGraphType<IntGraphType>>("totalReviews").Resolve(product => product.Source.TotalReviews);
        Field<NonNullGraphType<BooleanGraphType>>("inStock").Resolve(product => product.Source.InStock);
        Field<NonNullGraphType<IntGraphType>>("version").Resolve(product => product.Source.Version);
        Field<NonNullGraphType<AnswerTimeGraphType>>("updatedAt").Resolve(product => product.Source.UpdatedAt);
    }
}

internal sealed class ProductPageNode : ObjectGraphType<ProductListBody>
{
    public ProductPageNode()
    {
        Name = "ProductPage";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ProductSummaryNode>>>>("items").Resolve(page => page.Source.Items);
        Field<StringGraphType>("next").Description(Paging.Next).Resolve(page => page.Source.Next);
    }
}

internal sealed class SearchPageNode : ObjectGraphType<SearchBody>
{
    public SearchPageNode()
    {
        Name = "SearchPage";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ProductSummaryNode>>>>("items").Resolve(page => page.Source.Items);
        Field<StringGraphType>("next").Description(Paging.Next).Resolve(page => page.Source.Next);
        Field<IntGraphType>("total")
            .Description("How many products match on all pages. Null with a price range, and in a partial result.")
            .Resolve(page => page.Source.Total);
        Field<NonNullGraphType<BooleanGraphType>>("partial")
            .Description("True if a word is in so many products that not all were checked. Another word would help.")
            .Resolve(page => page.Source.Partial);
    }
}

internal sealed class BoughtTogetherNode : ObjectGraphType<RecommendedProduct>
{
    public BoughtTogetherNode()
    {
        Name = "BoughtTogether";
        Field<NonNullGraphType<ProductSummaryNode>>("product").Resolve(other => other.Source.Product);
        Field<NonNullGraphType<IntGraphType>>("orders").Description("The number of orders with both products.").Resolve(other => other.Source.Orders);
    }
}

internal sealed class BestSellerNode : ObjectGraphType<BestSellingProduct>
{
    public BestSellerNode()
    {
        Name = "BestSeller";
        Field<NonNullGraphType<ProductSummaryNode>>("product").Resolve(best => best.Source.Product);
        Field<NonNullGraphType<IntGraphType>>("pieces").Description("The number of sold pieces.").Resolve(best => best.Source.Pieces);
    }
}

internal sealed class ProductSortNode : EnumerationGraphType
{
    public ProductSortNode()
    {
        Name = "ProductSort";
        Add("NEWEST", ProductSort.Newest);
        Add("PRICE", ProductSort.Price, "Lowest first.");
        Add("PRICE_DESCENDING", ProductSort.PriceDescending);
        Add("NAME", ProductSort.Name);
    }
}
