using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web;

/// <summary>An error of a request: the variable parts of a problem document (RFC 9457).</summary>
/// <param name="Code">A stable code in snake_case, for programs.</param>
/// <param name="Detail">The error for people.</param>
/// <param name="Errors">The errors per field, or null if it does not concern fields.</param>
public sealed record Problem(
    int Status,
    string Code,
    string Detail,
    Violation[]? Errors = null)
{
    /// <summary>Creates a 400 with every violation. The code is the first one's.</summary>
    public static Problem Of(Violation[] violations) => new(
        StatusCodes.Status400BadRequest,
        violations[0].Code,
        violations.Length == 1 ? violations[0].Message : $"{violations.Length} fields are wrong; the first: {violations[0].Message}",
        violations);

    /// <summary>Creates a problem with the refusal's code, the status of its kind, and a sentence for people.</summary>
    public static Problem Of(Refusal refusal, string detail) => new(RefusalStatuses.Of(refusal.Kind), refusal.Code, detail);

    /// <summary>Creates a problem from a decided refusal.</summary>
    public static Problem Of(Decision.Refused refused) => new(RefusalStatuses.Of(refused.Kind), refused.Code, refused.Reason);

    public ProblemHttpResult ToResult(params IReadOnlyList<KeyValuePair<string, object?>> more)
    {
        Dictionary<string, object?> extensions = new() { ["code"] = Code };
        if (Errors is not null) extensions["errors"] = Errors;
        foreach (var (name, value) in more) extensions[name] = value;
        return TypedResults.Problem(Detail, statusCode: Status, extensions: extensions);
    }
}
