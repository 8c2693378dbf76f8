using ServerlessCqrs.CommandApi.Commands;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.CommandApi.Answers;

/// <summary>The HTTP status of a refusal, by its code. What is not listed is a rule of the shop: 422.</summary>
public static class OutcomeStatusCodes
{
    public static int Of(string code) => code switch
    {
        ProductRefusals.NotASeller or ProductRefusals.NotTheOwner or WatchRefusals.NotACustomer or WatchRefusals.NotYourWatch => StatusCodes.Status403Forbidden,
        ProductRefusals.ProductNotFound => StatusCodes.Status404NotFound,
        ProductRefusals.ProductExists or ProductRefusals.ImageExists => StatusCodes.Status409Conflict,
        ProductRefusals.AlreadyDeleted => StatusCodes.Status410Gone,
        Foresight.VersionMismatch => StatusCodes.Status412PreconditionFailed,
        "internal_error" => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
