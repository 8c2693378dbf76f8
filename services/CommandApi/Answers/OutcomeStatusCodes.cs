using ServerlessCqrs.CommandApi.Commands;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.CommandApi.Answers;

/// <summary>The HTTP status of a refusal, by its code. What is not listed is a rule of the shop: 422.</summary>
public static class OutcomeStatusCodes
{
    public static int Of(string code) => code switch
    {
        ProductRefusals.NotASeller or ProductRefusals.NotTheOwner or WatchRefusals.NotACustomer or WatchRefusals.NotYourWatch => StatusCodes.Status403Forbidden,
        OrderRefusals.NotYourOrder or OrderRefusals.NotAnOperator or ReviewRefusals.NotYourReview or ReviewRefusals.NotTheSeller => StatusCodes.Status403Forbidden,
        CustomerRefusals.NotYourAccount or CustomerRefusals.UserDeactivated or CommonRefusals.NotTheProcess => StatusCodes.Status403Forbidden,
        ProductRefusals.ProductNotFound or OrderRefusals.OrderNotFound or ReviewRefusals.ReviewNotFound or CustomerRefusals.UserNotFound => StatusCodes.Status404NotFound,
        ProductRefusals.ProductExists or ProductRefusals.ImageExists or OrderRefusals.OrderExists or ReviewRefusals.AlreadyReviewed => StatusCodes.Status409Conflict,
        ProductRefusals.AlreadyDeleted => StatusCodes.Status410Gone,
        Foresight.VersionMismatch => StatusCodes.Status412PreconditionFailed,
        "internal_error" => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
