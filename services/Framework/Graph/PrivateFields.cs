using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace ServerlessCqrs.Graph;

/// <summary>
/// Fields that only the owner of the data may read. A public GET refuses them: the edge's key has no token, and the edge
/// keeps every answer of a public path for a second.
/// </summary>
public static class PrivateFields
{
    public const string Code = "field_private";

    private const string Mark = "private";

    internal static IValidationRule Refused { get; } = new Rule();

    /// <summary>Declares that only a request with a token may have the field.</summary>
    public static FieldBuilder<TSource, TReturn> OnlyForOwner<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) =>
        field.WithMetadata(Mark, true);

    private sealed class Rule : ValidationRuleBase
    {
        private static readonly MatchingNodeVisitor<GraphQLField> Visitor = new((field, context) =>
        {
            if (context.TypeInfo.GetFieldDef() is { } found && found.GetMetadata<bool>(Mark))
                context.ReportError(new ValidationError($"The field '{found.Name}' is private. Send the query to POST /graphql/query with a token.") { Code = Code });
        });

        public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(Visitor);
    }
}
