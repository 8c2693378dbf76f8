namespace ServerlessCqrs.Shop.Orders;

/// <summary>Why an order command is refused, and why an order is rejected. The codes are a contract.</summary>
public static class OrderRefusals
{
    // Rules: they depend on the order, and on who asks.
    public const string NotACustomer = "not_a_customer";
    public const string NotAnOperator = "not_an_operator";
    public const string NotYourOrder = "not_your_order";
    public const string OrderNotFound = "order_not_found";
    public const string OrderExists = "order_exists";
    public const string OrderNotHeld = "order_not_held";
    public const string OrderIsConfirmed = "order_confirmed";
    public const string OrderIsRejected = "order_rejected";
    public const string OrderIsCancelled = "order_cancelled";
    public const string NotInTheOrder = "not_in_the_order";

    // Limits of a field: they depend on the command alone.
    public const string ItemsOutOfRange = "items_out_of_range";
    public const string ItemInvalid = "item_invalid";
    public const string ProductIdMissing = "product_id_missing";
    public const string ProductRepeated = "product_repeated";
    public const string QuantityOutOfRange = "quantity_out_of_range";
    public const string EmailInvalid = "email_invalid";
    public const string ReasonInvalid = "reason_invalid";

    // Why an order ended without a sale, besides what its products answer and what the process says: these stand in OrderRejected.
    public const string CurrenciesMixed = "currencies_mixed";
    public const string TimedOut = "timed_out";
    public const string TurnedDown = "turned_down";
}
