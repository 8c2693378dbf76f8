using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Caching;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.Graph;

/// <summary>
/// Runs queries against a schema. The first one builds the schema, which takes about 100 ms, so REST does not pay for
/// it.
/// </summary>
public sealed class GraphReads(Func<ISchema> build, ILogger<GraphReads> logger)
{
    private static readonly DocumentExecuter Executer = new(
        new GraphQLDocumentBuilder(),
        new DocumentValidator(),
        new DefaultExecutionStrategySelector(),
        []);

    private static readonly IValidationRule[] ForAnybody = [.. DocumentValidator.CoreRules, PrivateFields.Refused, GraphLimits.Rule];
    private static readonly IValidationRule[] ForCallers = [.. DocumentValidator.CoreRules, GraphLimits.Rule];

    private readonly Lazy<ISchema> _schema = new(() =>
    {
        var schema = build();
        schema.Initialize();
        return schema;
    });

    /// <summary>Answers a request of anybody. The edge may cache the answer if every field was read as usual.</summary>
    public async Task<IResult> AnswerPublicAsync(GraphRequest request, HttpContext http, CancellationToken ct)
    {
        var (json, isCacheable) = await RunAsync(request, http, ForAnybody, ct);
        return JsonAnswer.Of(json, isCacheable ? CacheFor.Lists : CacheFor.NoOne);
    }

    /// <summary>Answers a request with a token, for its caller only.</summary>
    public async Task<IResult> AnswerCallerAsync(GraphRequest request, HttpContext http, CancellationToken ct) =>
        Pages.Private((await RunAsync(request, http, ForCallers, ct)).Json);

    private async Task<(byte[] Json, bool IsCacheable)> RunAsync(GraphRequest request, HttpContext http, IValidationRule[] rules, CancellationToken ct)
    {
        var context = new GraphContext(http);
        var result = await Executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = _schema.Value,
            Query = request.Query,
            Variables = request.Variables,
            OperationName = request.OperationName,
            UserContext = context,
            RequestServices = http.RequestServices,
            ValidationRules = rules,
            MaxParallelExecutionCount = GraphLimits.AtOnce,
            UnhandledExceptionDelegate = Explain,
            CancellationToken = ct,
        });
        return (await GraphJson.WriteAsync(result, ct), context.IsCacheable && result.Errors is not { Count: > 0 });
    }

    /// <summary>Gives an unavailable store the code that REST gives it, and logs every other failure.</summary>
    private Task Explain(UnhandledExceptionContext failure)
    {
        if (AwayAnswers.ProblemOf(failure.OriginalException) is { } problem)
        {
            failure.Exception = new ProblemError(problem);
            return Task.CompletedTask;
        }

        logger.LogError(failure.OriginalException, "The field {Field} of a GraphQL query failed.", failure.FieldContext?.FieldDefinition.Name);
        failure.Exception = new ProblemError(ProblemDocuments.Failed);
        return Task.CompletedTask;
    }
}
