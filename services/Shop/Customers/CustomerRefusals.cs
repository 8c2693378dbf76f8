using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>Why a customer command is refused. The codes are a contract.</summary>
public static class CustomerRefusals
{
    // Rules: they depend on the customer, and on who asks.
    public static readonly Refusal NotACustomer = Refusal.Forbidden("not_a_customer");
    public static readonly Refusal NotYourAccount = Refusal.Forbidden("not_your_account");
    public static readonly Refusal UserNotFound = Refusal.NotFound("user_not_found");

    /// <summary>Also why an order of such a customer is refused or rejected.</summary>
    public static readonly Refusal UserDeactivated = Refusal.Forbidden("user_deactivated");

    /// <summary>The token has no address that was proven to be the caller's: no command can be made of the request.</summary>
    public static readonly Refusal EmailMissing = Refusal.Forbidden("email_missing");

    /// <summary>The request names another address than the token's.</summary>
    public static readonly Refusal EmailNotProven = Refusal.Forbidden("email_not_proven");

    // Limits of a field.
    public static readonly Refusal EmailInvalid = Refusal.Rule("email_invalid");
    public static readonly Refusal NameInvalid = Refusal.Rule("name_invalid");
    public static readonly Refusal ReasonInvalid = Refusal.Rule("reason_invalid");
}
