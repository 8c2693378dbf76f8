using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Orders;

/// <summary>The refusals of order commands, and the codes of rejected orders. The codes are a contract.</summary>
public static class OrderRefusals
{
    // Rules, which depend on the order and the actor.
    public static readonly Refusal NotACustomer = Refusal.Forbidden("not_a_customer");
    public static readonly Refusal NotAnOperator = Refusal.Forbidden("not_an_operator");
    public static readonly Refusal NotYourOrder = Refusal.Forbidden("not_your_order");
    public static readonly Refusal OrderNotFound = Refusal.NotFound("order_not_found");
    public static readonly Refusal OrderExists = Refusal.Conflict("order_exists");
    public static readonly Refusal OrderNotHeld = Refusal.Rule("order_not_held");
    public static readonly Refusal OrderIsConfirmed = Refusal.Rule("order_confirmed");
    public static readonly Refusal OrderIsRejected = Refusal.Rule("order_rejected");
    public static readonly Refusal OrderIsCancelled = Refusal.Rule("order_cancelled");
    public static readonly Refusal NotInTheOrder = Refusal.Rule("not_in_the_order");

    // Limits of a field, which depend only on the command.
    public static readonly Refusal ItemsOutOfRange = Refusal.Rule("items_out_of_range");
    public static readonly Refusal ItemInvalid = Refusal.Rule("item_invalid");
    public static readonly Refusal ProductIdMissing = Refusal.Rule("product_id_missing");
    public static readonly Refusal ProductRepeated = Refusal.Rule("product_repeated");
    public static readonly Refusal QuantityOutOfRange = Refusal.Rule("quantity_out_of_range");
    public static readonly Refusal EmailInvalid = Refusal.Rule("email_invalid");
    public static readonly Refusal ReasonInvalid = Refusal.Rule("reason_invalid");

    // Codes in OrderRejected, besides those of products and of the process.
    public static readonly Refusal CurrenciesMixed = Refusal.Rule("currencies_mixed");
    public static readonly Refusal TimedOut = Refusal.Rule("timed_out");
    public static readonly Refusal TurnedDown = Refusal.Rule("turned_down");
}
