using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products;

/// <summary>
/// The refusals of product commands. The codes are a contract: clients switch on them, and the audit trail stores them.
/// </summary>
public static class ProductRefusals
{
    // Rules, which depend on the product and the actor.
    public static readonly Refusal NotASeller = Refusal.Forbidden("not_a_seller");
    public static readonly Refusal NotTheOwner = Refusal.Forbidden("not_the_owner");
    public static readonly Refusal ProductNotFound = Refusal.NotFound("product_not_found");
    public static readonly Refusal ProductExists = Refusal.Conflict("product_exists");
    public static readonly Refusal AlreadyDeleted = Refusal.Gone("product_deleted");
    public static readonly Refusal CurrencyMismatch = Refusal.Rule("currency_mismatch");
    public static readonly Refusal PriceCutTooDeep = Refusal.Rule("price_cut_too_deep");
    public static readonly Refusal InsufficientStock = Refusal.Rule("insufficient_stock");
    public static readonly Refusal StockTooHigh = Refusal.Rule("stock_too_high");
    public static readonly Refusal ImageExists = Refusal.Conflict("image_exists");

    // Codes of declined reservations in StockReservationDeclined, besides insufficient_stock and product_deleted.
    public static readonly Refusal ReservationTooLate = Refusal.Rule("reservation_too_late");
    public static readonly Refusal TooManyReservations = Refusal.Rule("too_many_reservations");

    // Limits of a list, which one command or several together can break.
    public static readonly Refusal TooManyImages = Refusal.Rule("too_many_images");
    public static readonly Refusal TooManySpecifications = Refusal.Rule("too_many_specifications");

    /// <summary>
    /// The texts of a product exceed <see cref="ProductLimits.MaxBytes"/>. One command or several together can cause
    /// it.
    /// </summary>
    public static readonly Refusal ProductTooLarge = Refusal.Rule("product_too_large");

    // Limits of a field, which depend only on the command.
    public static readonly Refusal NameInvalid = Refusal.Rule("name_invalid");
    public static readonly Refusal DescriptionInvalid = Refusal.Rule("description_invalid");
    public static readonly Refusal CategoryInvalid = Refusal.Rule("category_invalid");
    public static readonly Refusal PriceNotPositive = Refusal.Rule("price_not_positive");
    public static readonly Refusal PriceTooHigh = Refusal.Rule("price_too_high");
    public static readonly Refusal PriceTooPrecise = Refusal.Rule("price_too_precise");
    public static readonly Refusal CurrencyUnknown = Refusal.Rule("currency_unknown");
    public static readonly Refusal QuantityOutOfRange = Refusal.Rule("quantity_out_of_range");
    public static readonly Refusal DeltaOutOfRange = Refusal.Rule("delta_out_of_range");
    public static readonly Refusal WarehouseInvalid = Refusal.Rule("warehouse_invalid");
    public static readonly Refusal SpecificationKeyInvalid = Refusal.Rule("specification_key_invalid");
    public static readonly Refusal SpecificationValueInvalid = Refusal.Rule("specification_value_invalid");
    public static readonly Refusal ImageInvalid = Refusal.Rule("image_invalid");
    public static readonly Refusal ImageIdMissing = Refusal.Rule("image_id_missing");
    public static readonly Refusal ImageIdRepeated = Refusal.Rule("image_id_repeated");
    public static readonly Refusal ImageUrlInvalid = Refusal.Rule("image_url_invalid");
    public static readonly Refusal ImageAltInvalid = Refusal.Rule("image_alt_invalid");
    public static readonly Refusal ReasonInvalid = Refusal.Rule("reason_invalid");
    public static readonly Refusal NothingToRevise = Refusal.Rule("nothing_to_revise");
}
