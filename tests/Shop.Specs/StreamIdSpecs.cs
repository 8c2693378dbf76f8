using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

public class StreamIdSpecs
{
    private static readonly Guid Product = new("6579c22f-be2b-444c-a52b-0116dd82df6c");

    [Fact]
    public void A_products_stream_names_the_product()
    {
        var stream = ProductStreams.IdOf(Product);
        Assert.Equal("product-6579c22f-be2b-444c-a52b-0116dd82df6c", stream.ToString());
        Assert.True(ProductStreams.TryParse(stream, out var product));
        Assert.Equal(Product, product);
    }

    [Theory]
    [InlineData("eve")]
    [InlineData("auth0|eve")]
    [InlineData("eve-adams@example.org")]
    [InlineData("2e852905-c6f4-47db-802c-654013571922")]
    public void A_watchs_stream_names_the_product_and_the_customer(string customer)
    {
        var stream = WatchStreams.IdOf(Product, customer);
        Assert.Equal($"watch-6579c22f-be2b-444c-a52b-0116dd82df6c-{customer}", stream.ToString());
        Assert.True(WatchStreams.TryParse(stream, out var product, out var watcher));
        Assert.Equal((Product, customer), (product, watcher));
    }

    [Fact]
    public void The_longest_customer_that_the_limits_allow_fits_into_a_stream_id()
    {
        var customer = new string('c', Subject.MaxLength);
        Assert.True(WatchStreams.TryParse(WatchStreams.IdOf(Product, customer), out _, out var parsed));
        Assert.Equal(customer, parsed);
    }

    [Fact]
    public void An_orders_stream_names_the_order()
    {
        var stream = OrderStreams.IdOf(Product);
        Assert.Equal("order-6579c22f-be2b-444c-a52b-0116dd82df6c", stream.ToString());
        Assert.True(OrderStreams.TryParse(stream, out var order));
        Assert.Equal(Product, order);
    }

    [Fact]
    public void A_reviews_stream_is_the_same_for_the_same_product_and_customer_and_no_other()
    {
        var stream = ReviewStreams.IdOf(Product, "auth0|eve");
        Assert.Equal("review-ea56ea25-f7ea-53cc-bf0b-c805cda672e9", stream.ToString());
        Assert.True(ReviewStreams.TryParse(stream, out var review));
        Assert.Equal(ReviewStreams.ReviewOf(Product, "auth0|eve"), review);
        Assert.NotEqual(stream, ReviewStreams.IdOf(Product, "auth0|eva"));
        Assert.NotEqual(stream, ReviewStreams.IdOf(Guid.Empty, "auth0|eve"));
    }

    [Theory]
    [InlineData("eve")]
    [InlineData("auth0|eve")]
    [InlineData("2e852905-c6f4-47db-802c-654013571922")]
    public void A_customers_stream_names_the_customer(string subject)
    {
        Assert.Equal($"customer-{subject}", CustomerStreams.IdOf(subject).ToString());
        Assert.True(CustomerStreams.TryParse(CustomerStreams.IdOf(subject), out var customer));
        Assert.Equal(subject, customer);
    }

    [Theory]
    [InlineData("eve", true)]
    [InlineData("eve-adams@example.org", true)]
    [InlineData("", false)]
    [InlineData("eve adams", true)]
    [InlineData("eve/adams", true)]
    [InlineData("eve\nadams", false)]
    [InlineData("eve\0", false)]
    [InlineData("\ud800", false)]
    public void Not_every_text_names_a_person(string subject, bool isValid) => Assert.Equal(isValid, Subject.IsValid(subject));

    /// <summary>Subjects in the formats of real providers, and their keys in stream ids.</summary>
    public static TheoryData<string, string> ProvidersSubjects => new()
    {
        // Cognito and Azure (pairwise, base64url)
        { "2e852905-c6f4-47db-802c-654013571922", "2e852905-c6f4-47db-802c-654013571922" },
        { "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ", "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ" },
        // Auth0
        { "auth0|5f7c8ec7c33c6c004bbafe82", "auth0|5f7c8ec7c33c6c004bbafe82" },
        { "google-oauth2|108204268033311374519", "google-oauth2|108204268033311374519" },
        { "samlp|acme|ann+shop@example.org", "samlp|acme|ann~2Bshop@example.org" },
        { "waad|Zm9vL2Jhcg==", "waad|Zm9vL2Jhcg~3D~3D" },
        { "oauth2|slack|U123/T456", "oauth2|slack|U123~2FT456" },
        { "ad|acme|CN=Ann Smith,OU=Sales", "ad|acme|CN~3DAnn~20Smith~2COU~3DSales" },
        // Okta (the user's name) and Keycloak (federated)
        { "ann.o'neil@example.org", "ann.o~27neil@example.org" },
        { "f:6579c22f-be2b-444c-a52b-0116dd82df6c:ann%2Fb", "f:6579c22f-be2b-444c-a52b-0116dd82df6c:ann~252Fb" },
        { "ann~2Fb", "ann~7E2Fb" },
        { "Änne", "~C3~84nne" },
        { "\U0001E900", "~F0~9E~A4~80" },
    };

    [Theory]
    [MemberData(nameof(ProvidersSubjects))]
    public void Subject_of_a_real_provider_can_be_read_from_its_streams(string subject, string key)
    {
        Assert.True(Subject.IsValid(subject));
        Assert.Equal($"customer-{key}", CustomerStreams.IdOf(subject).ToString());
        Assert.True(CustomerStreams.TryParse(CustomerStreams.IdOf(subject), out var customer));
        Assert.Equal(subject, customer);
        Assert.True(WatchStreams.TryParse(WatchStreams.IdOf(Product, subject), out var product, out var watcher));
        Assert.Equal((Product, subject), (product, watcher));
    }

    [Theory]
    [InlineData("ann~2fb")]
    [InlineData("ann~2")]
    [InlineData("ann~")]
    [InlineData("ann~61")]
    [InlineData("ann~FF")]
    [InlineData("ann~0A")]
    [InlineData("ann~ED~A0~80")]
    public void Key_that_no_subject_has_is_nobodys_stream(string key)
    {
        Assert.False(CustomerStreams.TryParse(StreamId.Of(CustomerStreams.Category, key), out _));
        Assert.False(WatchStreams.TryParse(StreamId.Of(WatchStreams.Category, $"{Product:D}-{key}"), out _, out _));
    }

    [Fact]
    public void Escapes_count_in_the_length_of_a_subject()
    {
        Assert.True(Subject.IsValid(new string('+', 42)));
        Assert.False(Subject.IsValid(new string('+', 43)));
        Assert.True(WatchStreams.TryParse(WatchStreams.IdOf(Product, new string('+', 42)), out _, out _));
    }

    [Theory]
    [InlineData("order-6579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("product-6579C22F-BE2B-444C-A52B-0116DD82DF6C")]
    [InlineData("product-6579c22fbe2b444ca52b0116dd82df6c")]
    [InlineData("product-1")]
    [InlineData("watch-6579c22f-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("watch-6579c22f-be2b-444c-a52b-0116dd82df6c-")]
    [InlineData("watch-6579c22f-be2b-444c-a52b-0116dd82df6cx-eve")]
    [InlineData("watch-6579C22F-be2b-444c-a52b-0116dd82df6c-eve")]
    [InlineData("watch-eve")]
    [InlineData("order-6579C22F-be2b-444c-a52b-0116dd82df6c")]
    [InlineData("order-1")]
    [InlineData("review-6579c22fbe2b444ca52b0116dd82df6c")]
    public void What_looks_alike_is_neither(string text)
    {
        var stream = StreamId.Parse(text);
        Assert.False(ProductStreams.TryParse(stream, out _));
        Assert.False(WatchStreams.TryParse(stream, out _, out _));
        Assert.Equal(text == "order-6579c22f-be2b-444c-a52b-0116dd82df6c", OrderStreams.TryParse(stream, out _));
        Assert.False(ReviewStreams.TryParse(stream, out _));
        Assert.False(CustomerStreams.TryParse(stream, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("product")]
    [InlineData("product-")]
    [InlineData("-6579c22f")]
    [InlineData("Product-1")]
    [InlineData("product-a b")]
    [InlineData("product-a/b")]
    [InlineData("product-é")]
    public void What_is_no_stream_id_is_not_taken_for_one(string? text) => Assert.False(StreamId.TryParse(text, out _));

    [Fact]
    public void A_stream_id_fits_into_a_partition_key()
    {
        Assert.True(StreamId.TryParse("p-".PadRight(StreamId.MaxLength, 'x'), out _));
        Assert.False(StreamId.TryParse("p-".PadRight(StreamId.MaxLength + 1, 'x'), out _));
    }

    [Fact]
    public void Every_kind_of_stream_has_its_decider()
    {
        Assert.Equal(["product", "watch", "order", "review", "customer"], ShopDomain.Instance.Deciders.Select(decider => decider.Category));
        Assert.All(ShopDomain.Instance.Deciders, decider => Assert.Same(decider, ShopDomain.Instance.DeciderOf(StreamId.Of(decider.Category, Product))));
        Assert.Null(ShopDomain.Instance.DeciderOf(StreamId.Of("seller", Product)));
    }
}
