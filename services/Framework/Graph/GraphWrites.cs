using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.Graph;

/// <summary>Answers mutations. Each field sends one command, one after the other.</summary>
public sealed class GraphWrites(Func<ISchema> build, ILogger<GraphWrites> logger)
{
    public const string NotAMutation = "not_a_mutation";

    private static readonly IReadOnlyList<IValidationRule> Rules = GraphExecution.RulesWith(new MutationsOnly());

    private readonly GraphExecution _execution = new(build, logger);

    public async Task<IResult> AnswerAsync(GraphRequest request, HttpContext http, CancellationToken ct) =>
        Pages.Private((await _execution.RunAsync(request, http, Rules, ct)).Json);

    /// <summary>Names the two routes for queries. It allows the introspection of the schema.</summary>
    private sealed class MutationsOnly : ValidationRuleBase
    {
        private static readonly MatchingNodeVisitor<GraphQLOperationDefinition> Visitor = new((operation, context) =>
        {
            var isIntrospection = operation.SelectionSet.Selections.All(one => one is GraphQLField field && field.Name.StringValue.StartsWith("__", StringComparison.Ordinal));
            if (operation.Operation != OperationType.Mutation && !isIntrospection)
                context.ReportError(new ValidationError("This route runs mutations. Send a query to GET /graphql, or with a token to POST /graphql/query.") { Code = NotAMutation });
        });

        public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(Visitor);
    }
}
