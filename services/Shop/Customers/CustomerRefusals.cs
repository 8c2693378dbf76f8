namespace ServerlessCqrs.Shop.Customers;

/// <summary>Why a customer command is refused. The codes are a contract.</summary>
public static class CustomerRefusals
{
    // Rules: they depend on the customer, and on who asks.
    public const string NotACustomer = "not_a_customer";
    public const string NotYourAccount = "not_your_account";
    public const string UserNotFound = "user_not_found";

    /// <summary>Also why an order of such a customer is refused or rejected.</summary>
    public const string UserDeactivated = "user_deactivated";

    // Limits of a field.
    public const string EmailInvalid = "email_invalid";
    public const string NameInvalid = "name_invalid";
    public const string ReasonInvalid = "reason_invalid";
}
