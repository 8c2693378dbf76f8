using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>The refusals of customer commands. The codes are a contract.</summary>
public static class CustomerRefusals
{
    // Rules, which depend on the customer and the actor.
    public static readonly Refusal NotACustomer = Refusal.Forbidden("not_a_customer");
    public static readonly Refusal NotYourAccount = Refusal.Forbidden("not_your_account");
    public static readonly Refusal UserNotFound = Refusal.NotFound("user_not_found");

    /// <summary>Also refuses or rejects an order of a deactivated customer.</summary>
    public static readonly Refusal UserDeactivated = Refusal.Forbidden("user_deactivated");

    /// <summary>The token has no verified address, so the request cannot become a command.</summary>
    public static readonly Refusal EmailMissing = Refusal.Forbidden("email_missing");

    /// <summary>The address in the request differs from the token's.</summary>
    public static readonly Refusal EmailNotProven = Refusal.Forbidden("email_not_proven");

    // Limits of a field.
    public static readonly Refusal EmailInvalid = Refusal.Rule("email_invalid");
    public static readonly Refusal NameInvalid = Refusal.Rule("name_invalid");
    public static readonly Refusal ReasonInvalid = Refusal.Rule("reason_invalid");
}
