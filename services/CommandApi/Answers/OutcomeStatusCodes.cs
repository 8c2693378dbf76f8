namespace ServerlessCqrs.CommandApi.Answers;

/// <summary>The HTTP status of a refusal, by its code. What is not listed is a rule of the shop: 422.</summary>
public static class OutcomeStatusCodes
{
    public static int Of(string code) => code switch
    {
        "not_a_seller" or "not_the_owner" or "not_a_customer" or "not_your_watch" => StatusCodes.Status403Forbidden,
        "product_not_found" => StatusCodes.Status404NotFound,
        "product_exists" or "image_exists" => StatusCodes.Status409Conflict,
        "product_deleted" => StatusCodes.Status410Gone,
        "version_mismatch" => StatusCodes.Status412PreconditionFailed,
        "internal_error" => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
