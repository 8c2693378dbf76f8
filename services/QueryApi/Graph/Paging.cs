using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using ServerlessCqrs.Graph;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.QueryApi.Graph;

/// <summary>Pages work as in REST: a limit, and the cursor that the previous page returned as next.</summary>
internal static class Paging
{
    public const string Next = "The cursor of the next page. Null at the end.";

    /// <summary>The field returns a page. It has the arguments <c>limit</c> and <c>cursor</c>.</summary>
    public static FieldBuilder<TSource, TReturn> Pages<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) => field
        .Limited(ServerlessCqrs.Web.Paging.Pages.MaxLimit, ServerlessCqrs.Web.Paging.Pages.DefaultLimit)
        .Argument<StringGraphType>("cursor", "The value of next on the previous page.");

    /// <summary>The field returns at most so many objects as its argument <c>limit</c>.</summary>
    public static FieldBuilder<TSource, TReturn> Limited<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int most, int usual = 10) => field
        .Argument<NonNullGraphType<IntGraphType>>("limit", argument =>
        {
            argument.Description = $"1 to {most}.";
            argument.DefaultValue = usual;
            argument.Validate(value =>
            {
                if (value is not int limit || limit < 1 || limit > most)
                    throw new ProblemError(ServerlessCqrs.Web.Paging.Pages.LimitInvalid with { Detail = $"limit must be 1 to {most}." });
            });
        })
        .CostsPage();

    public static (int Limit, string? Cursor) Page(this IResolveFieldContext context) =>
        (context.GetArgument<int>("limit"), context.GetArgument<string?>("cursor"));
}
