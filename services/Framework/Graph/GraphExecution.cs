using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.Graph;

/// <summary>
/// Runs requests against a schema. The first one builds the schema, which takes about 100 ms, so REST does not pay for
/// it.
/// </summary>
internal sealed class GraphExecution(Func<ISchema> build, ILogger logger)
{
    private static readonly DocumentExecuter Executer = new(
        new GraphQLDocumentBuilder(),
        new DocumentValidator(),
        new DefaultExecutionStrategySelector(),
        []);

    private static readonly Problem TooLarge = new(
        StatusCodes.Status200OK,
        "result_too_large",
        $"The answer has more than {GraphLimits.MostAnswerBytes:N0} bytes. Ask for fewer objects or fields.");

    private readonly Lazy<ISchema> _schema = new(() =>
    {
        var schema = build();
        schema.Initialize();
        return schema;
    });

    /// <summary>The rules of the specification, the limits, and these.</summary>
    public static IReadOnlyList<IValidationRule> RulesWith(params IValidationRule[] rules) => [.. DocumentValidator.CoreRules, .. rules, GraphLimits.Rule];

    /// <summary>Returns the answer, and whether the edge may cache it: every field was read as usual.</summary>
    public async Task<(byte[] Json, bool IsCacheable)> RunAsync(GraphRequest request, HttpContext http, IReadOnlyList<IValidationRule> rules, CancellationToken ct)
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
        var json = await GraphJson.WriteAsync(result, ct);
        return json.Length <= GraphLimits.MostAnswerBytes
            ? (json, context.IsCacheable && result.Errors is not { Count: > 0 })
            : (await GraphJson.WriteAsync(new ExecutionResult { Errors = [new ProblemError(TooLarge)] }, ct), false);
    }

    /// <summary>Gives a failure that REST answers with a code the same code, and logs every other failure.</summary>
    private Task Explain(UnhandledExceptionContext failure)
    {
        var known = failure.OriginalException is PersonErasedException ? ErasedPersons.Erased : AwayAnswers.ProblemOf(failure.OriginalException);
        if (known is null) logger.LogError(failure.OriginalException, "The field {Field} of a GraphQL request failed.", failure.FieldContext?.FieldDefinition.Name);
        failure.Exception = new ProblemError(known ?? ProblemDocuments.Failed);
        return Task.CompletedTask;
    }
}
