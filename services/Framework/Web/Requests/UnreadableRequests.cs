
namespace ServerlessCqrs.Web.Requests;

/// <summary>A handler's parameter that may be unreadable.</summary>
public interface IUnreadable
{
    /// <summary>The problem, or null if it is readable.</summary>
    Problem? Problem { get; }
}

/// <summary>Answers unreadable requests, so that no handler gets them.</summary>
public static class UnreadableRequests
{
    public static TBuilder RefuseUnreadable<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilter(async (context, next) =>
            context.Arguments.OfType<IUnreadable>().FirstOrDefault(argument => argument.Problem is not null) is { Problem: { } problem }
                ? problem.ToResult()
                : await next(context));
}
