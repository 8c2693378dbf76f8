namespace ServerlessCqrs.Shop.Products;

/// <summary>Why a product command is refused. The codes are a contract: clients switch on them, the audit trail stores them.</summary>
public static class ProductRefusals
{
    // Rules: they depend on the product, and on who asks.
    public const string NotASeller = "not_a_seller";
    public const string NotTheOwner = "not_the_owner";
    public const string ProductNotFound = "product_not_found";
    public const string ProductExists = "product_exists";
    public const string AlreadyDeleted = "product_deleted";
    public const string CurrencyMismatch = "currency_mismatch";
    public const string PriceCutTooDeep = "price_cut_too_deep";
    public const string InsufficientStock = "insufficient_stock";
    public const string StockTooHigh = "stock_too_high";
    public const string ImageExists = "image_exists";

    // Why a reservation is declined, besides insufficient_stock and product_deleted: these stand in StockReservationDeclined.
    public const string ReservationTooLate = "reservation_too_late";
    public const string TooManyReservations = "too_many_reservations";

    // Limits of a list: broken by one command, or by all of them together.
    public const string TooManyImages = "too_many_images";
    public const string TooManySpecifications = "too_many_specifications";

    /// <summary>All texts of a product together: see <see cref="ProductLimits.MaxBytes"/>. Broken by one command, or by all of them together.</summary>
    public const string ProductTooLarge = "product_too_large";

    // Limits of a field: they depend on the command alone.
    public const string NameInvalid = "name_invalid";
    public const string DescriptionInvalid = "description_invalid";
    public const string CategoryInvalid = "category_invalid";
    public const string PriceNotPositive = "price_not_positive";
    public const string PriceTooHigh = "price_too_high";
    public const string PriceTooPrecise = "price_too_precise";
    public const string CurrencyUnknown = "currency_unknown";
    public const string QuantityOutOfRange = "quantity_out_of_range";
    public const string DeltaOutOfRange = "delta_out_of_range";
    public const string WarehouseInvalid = "warehouse_invalid";
    public const string SpecificationKeyInvalid = "specification_key_invalid";
    public const string SpecificationValueInvalid = "specification_value_invalid";
    public const string ImageInvalid = "image_invalid";
    public const string ImageIdMissing = "image_id_missing";
    public const string ImageIdRepeated = "image_id_repeated";
    public const string ImageUrlInvalid = "image_url_invalid";
    public const string ImageAltInvalid = "image_alt_invalid";
    public const string ReasonInvalid = "reason_invalid";
    public const string NothingToRevise = "nothing_to_revise";
}
