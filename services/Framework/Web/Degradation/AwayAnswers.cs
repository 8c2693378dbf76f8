using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>
/// Answers 503 if no source can be reached, or if newer code wrote the data. Answers 429 if too many such reads run.
/// Both have <c>Retry-After</c>.
/// </summary>
public static class AwayAnswers
{
    public static Problem Away { get; } = new(
        StatusCodes.Status503ServiceUnavailable,
        "unavailable",
        "The data store is temporarily unavailable. Try again in a moment.");

    public static TBuilder AnswerWhenAway<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.Wrap(next => async http =>
        {
            try
            {
                await next(http);
            }
            catch (Exception e) when (!http.Response.HasStarted && Answer(e, http) is { } answer)
            {
                await answer.ExecuteAsync(http);
            }
        });

    /// <summary>Returns the problem that the exception means for a reader, or null if it is a fault of the service.</summary>
    public static Problem? ProblemOf(Exception e) => e switch
    {
        DependencyAwayException or HistoryGapException or UnknownContractException => Away,
        BulkheadFullException => TooManyReads.Problem,
        _ => null,
    };

    private static IResult? Answer(Exception e, HttpContext http) =>
        e is BulkheadFullException ? TooManyReads.Answer(http) : ProblemOf(e)?.ToResult();
}
