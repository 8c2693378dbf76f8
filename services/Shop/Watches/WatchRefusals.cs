namespace ServerlessCqrs.Shop.Watches;

/// <summary>Why a watch command is refused. The codes are a contract.</summary>
public static class WatchRefusals
{
    // Rules: they depend on who asks.
    public const string NotACustomer = "not_a_customer";
    public const string NotYourWatch = "not_your_watch";

    // Limits of a field.
    public const string ProductIdMissing = "product_id_missing";
    public const string CustomerInvalid = "customer_invalid";
    public const string EmailInvalid = "email_invalid";
}
