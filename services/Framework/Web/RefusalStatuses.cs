using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web;

/// <summary>The HTTP status of refusals. Stores contain only codes, and the domain knows the kind of each.</summary>
public sealed partial class RefusalStatuses(Domain domain, ILogger<RefusalStatuses> logger)
{
    public static int Of(RefusalKind kind) => kind switch
    {
        RefusalKind.Rule => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Gone => StatusCodes.Status410Gone,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Fault => StatusCodes.Status500InternalServerError,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No status is declared for this kind."),
    };

    /// <summary>
    /// Returns the status of a stored code. An undeclared code counts as a rule, and is logged as an error.
    /// </summary>
    public int Of(string code)
    {
        if (domain.RefusalOf(code) is { } refusal) return Of(refusal.Kind);
        LogUndeclared(code);
        return Of(RefusalKind.Rule);
    }

    [LoggerMessage(LogLevel.Error, "The refusal '{Code}' is not declared. Add it to Domain.Refusals with its kind.")]
    private partial void LogUndeclared(string code);
}
