
namespace ServerlessCqrs.Web.Degradation;

/// <summary>Answers 429 if too many reads of one kind are running. Other reads continue.</summary>
public static class TooManyReads
{
    /// <summary>Longer than one such read takes.</summary>
    private const string RetryAfterSeconds = "2";

    public static Problem Problem { get; } = new(
        StatusCodes.Status429TooManyRequests,
        "too_many_reads",
        "Too many past lists are being read. Retry in a few seconds.");

    public static IResult Answer(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Problem.ToResult();
    }
}
