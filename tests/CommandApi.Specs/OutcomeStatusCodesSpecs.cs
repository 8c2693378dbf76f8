using ServerlessCqrs.CommandApi.Answers;

namespace ServerlessCqrs.CommandApi.Specs;

public sealed class OutcomeStatusCodesSpecs
{
    [Theory]
    [InlineData(403, "not_a_seller", "not_the_owner", "not_a_customer", "not_your_watch", "not_your_order", "not_an_operator", "not_your_review", "not_the_seller", "not_your_account", "user_deactivated", "not_the_process")]
    [InlineData(404, "product_not_found", "order_not_found", "review_not_found", "user_not_found")]
    [InlineData(409, "product_exists", "image_exists", "order_exists", "already_reviewed")]
    [InlineData(410, "product_deleted")]
    [InlineData(412, "version_mismatch")]
    [InlineData(422, "price_cut_too_deep", "order_rejected", "order_not_held", "not_purchased", "review_approved", "email_invalid")]
    [InlineData(500, "internal_error")]
    public void A_refusal_has_the_status_of_its_kind(int status, params string[] codes) => Assert.All(codes, code => Assert.Equal(status, OutcomeStatusCodes.Of(code)));
}
