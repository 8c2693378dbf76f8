using Microsoft.Extensions.Logging;
using ServerlessCqrs.CommandApi.Specs.Playground;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class RefusalStatusesSpecs : IDisposable
{
    private readonly CollectedLogs _logs = new();
    private readonly ILoggerFactory _loggers;
    private readonly RefusalStatuses _statuses;

    public RefusalStatusesSpecs()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        _statuses = new RefusalStatuses(ShopDomain.Instance, _loggers.CreateLogger<RefusalStatuses>());
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _logs.Dispose();
    }

    [Theory]
    [InlineData(
        403,
        "not_a_seller", "not_the_owner", "not_a_customer", "not_your_watch", "not_your_order",
        "not_an_operator", "not_your_review", "not_the_seller", "not_your_account", "user_deactivated",
        "not_the_process")]
    [InlineData(404, "product_not_found", "order_not_found", "review_not_found", "user_not_found")]
    [InlineData(409, "product_exists", "image_exists", "order_exists", "already_reviewed")]
    [InlineData(410, "product_deleted")]
    [InlineData(412, "version_mismatch")]
    [InlineData(
        422,
        "category_invalid", "currencies_mixed", "currency_mismatch", "currency_unknown", "customer_invalid",
        "delta_out_of_range", "description_invalid", "email_invalid", "idempotency_key_reused",
        "image_alt_invalid", "image_id_missing", "image_id_repeated", "image_invalid", "image_url_invalid",
        "insufficient_stock", "item_invalid", "items_out_of_range", "malformed", "name_invalid",
        "not_in_the_order", "not_purchased", "nothing_to_revise", "order_cancelled", "order_confirmed",
        "order_not_held", "order_rejected", "price_cut_too_deep", "price_not_positive", "price_too_high",
        "price_too_precise", "product_id_missing", "product_repeated", "product_too_large",
        "quantity_out_of_range", "reason_invalid", "reservation_too_late", "review_approved", "review_rejected",
        "specification_key_invalid", "specification_value_invalid", "stars_out_of_range", "stock_too_high",
        "text_invalid", "timed_out", "title_invalid", "too_many_images", "too_many_reservations",
        "too_many_specifications", "turned_down", "warehouse_invalid", "wrong_stream")]
    [InlineData(500, "internal_error")]
    public void Each_code_has_its_status(int status, params string[] codes)
    {
        Assert.All(codes, code => Assert.Equal(status, _statuses.Of(code)));
        Assert.Empty(_logs.Lines);
    }

    [Fact]
    public void Undeclared_code_is_422_and_logged()
    {
        Assert.Equal(422, _statuses.Of("never_declared"));
        Assert.Contains("'never_declared' is not declared", Assert.Single(_logs.Lines), StringComparison.Ordinal);
    }
}
