using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web;

/// <summary>What is wrong with a request: the parts of a problem document (RFC 9457) that differ.</summary>
/// <param name="Code">Stable, snake_case: what programs switch on.</param>
/// <param name="Detail">The same for a person.</param>
/// <param name="Errors">What is wrong field by field; null where it is not about fields.</param>
public sealed record Problem(
    int Status,
    string Code,
    string Detail,
    Violation[]? Errors = null)
{
    /// <summary>400 with every violation; the code is the first one's.</summary>
    public static Problem Of(Violation[] violations) => new(
        StatusCodes.Status400BadRequest,
        violations[0].Code,
        violations.Length == 1 ? violations[0].Message : $"{violations.Length} fields are wrong; the first: {violations[0].Message}",
        violations);

    /// <summary>The status of the refusal's kind, its code, and a sentence for a person.</summary>
    public static Problem Of(Refusal refusal, string detail) => new(RefusalStatuses.Of(refusal.Kind), refusal.Code, detail);

    /// <summary>A refusal as it was decided.</summary>
    public static Problem Of(Decision.Refused refused) => new(RefusalStatuses.Of(refused.Kind), refused.Code, refused.Reason);

    public ProblemHttpResult ToResult(params IReadOnlyList<KeyValuePair<string, object?>> more)
    {
        Dictionary<string, object?> extensions = new() { ["code"] = Code };
        if (Errors is not null) extensions["errors"] = Errors;
        foreach (var (name, value) in more) extensions[name] = value;
        return TypedResults.Problem(Detail, statusCode: Status, extensions: extensions);
    }
}
