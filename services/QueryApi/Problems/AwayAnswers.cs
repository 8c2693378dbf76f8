using ServerlessCqrs.Http;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.QueryApi.Degradation;

namespace ServerlessCqrs.QueryApi.Problems;

/// <summary>503, which every problem document of that status has <c>Retry-After</c> with, where nothing that could answer can be reached.</summary>
public static class AwayAnswers
{
    public static Problem Away { get; } = new(
        StatusCodes.Status503ServiceUnavailable,
        "unavailable",
        "What this is read from cannot be reached just now. Try again in a moment.");

    public static TBuilder AnswerWhenAway<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (Exception e) when (e is DependencyAwayException or HistoryGapException)
            {
                return Away.ToResult();
            }
        });
}
