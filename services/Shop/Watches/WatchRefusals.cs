using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>The refusals of watch commands. The codes are a contract.</summary>
public static class WatchRefusals
{
    // Rules, which depend on the actor.
    public static readonly Refusal NotACustomer = Refusal.Forbidden("not_a_customer");
    public static readonly Refusal NotYourWatch = Refusal.Forbidden("not_your_watch");

    // Limits of a field.
    public static readonly Refusal ProductIdMissing = Refusal.Rule("product_id_missing");
    public static readonly Refusal CustomerInvalid = Refusal.Rule("customer_invalid");
    public static readonly Refusal EmailInvalid = Refusal.Rule("email_invalid");
}
