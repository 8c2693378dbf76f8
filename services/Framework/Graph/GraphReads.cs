using GraphQL.Types;
using GraphQL.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.Graph;

/// <summary>Answers queries.</summary>
public sealed class GraphReads(Func<ISchema> build, ILogger<GraphReads> logger)
{
    private static readonly IReadOnlyList<IValidationRule> ForAnybody = GraphExecution.RulesWith(PrivateFields.Refused);
    private static readonly IReadOnlyList<IValidationRule> ForCallers = GraphExecution.RulesWith();

    private readonly GraphExecution _execution = new(build, logger);

    /// <summary>Answers a request of anybody. The edge may cache the answer if every field was read as usual.</summary>
    public async Task<IResult> AnswerPublicAsync(GraphRequest request, HttpContext http, CancellationToken ct)
    {
        var (json, isCacheable) = await _execution.RunAsync(request, http, ForAnybody, ct);
        return JsonAnswer.Of(json, isCacheable ? CacheFor.Lists : CacheFor.NoOne);
    }

    /// <summary>Answers a request with a token, for its caller only.</summary>
    public async Task<IResult> AnswerCallerAsync(GraphRequest request, HttpContext http, CancellationToken ct) =>
        Pages.Private((await _execution.RunAsync(request, http, ForCallers, ct)).Json);
}
