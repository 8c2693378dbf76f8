using ServerlessCqrs.EventStore.Personal;

namespace ServerlessCqrs.Web.Requests;

/// <summary>Answers 403 to an erased person whose data would have to be sealed.</summary>
public static class ErasedPersons
{
    public static Problem Erased { get; } = new(
        StatusCodes.Status403Forbidden,
        "person_erased",
        "Your personal data was erased. Nothing can be stored for you again.");

    public static TBuilder RefuseErased<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (PersonErasedException)
            {
                return Erased.ToResult();
            }
        });
}
