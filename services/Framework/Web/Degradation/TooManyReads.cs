
namespace ServerlessCqrs.Web.Degradation;

/// <summary>429 for a kind of read of which too many run already; every other read goes on.</summary>
public static class TooManyReads
{
    /// <summary>Longer than one such read takes.</summary>
    private const string RetryAfterSeconds = "2";

    public static IResult Answer(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return new Problem(StatusCodes.Status429TooManyRequests, "too_many_reads", "Too many past lists are being read. Retry in a few seconds.").ToResult();
    }
}
