
namespace ServerlessCqrs.Web.Requests;

/// <summary>A handler's parameter that may not have been readable.</summary>
public interface IUnreadable
{
    /// <summary>What is wrong with it; null where nothing is.</summary>
    Problem? Problem { get; }
}

/// <summary>Answers what could not be read, so that no handler ever sees it.</summary>
public static class UnreadableRequests
{
    public static TBuilder RefuseUnreadable<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(async (context, next) =>
            context.Arguments.OfType<IUnreadable>().FirstOrDefault(argument => argument.Problem is not null) is { Problem: { } problem }
                ? problem.ToResult()
                : await next(context));
}
