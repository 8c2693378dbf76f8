using ServerlessCqrs.EventStore;
using ServerlessCqrs.Http;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.QueryApi.Problems;

/// <summary>503, which every problem document of that status has <c>Retry-After</c> with, where nothing that could answer can be reached, or what is read was written by newer code than this.</summary>
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
            catch (Exception e) when (e is DependencyAwayException or HistoryGapException or UnknownContractException { IsNewer: true })
            {
                return Away.ToResult();
            }
        });
}
