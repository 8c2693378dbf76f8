using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Complexity;
using GraphQL.Validation.Rules.Custom;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.Graph;

/// <summary>What one query may ask for, so that one request costs no more than some pages of a list.</summary>
public static class GraphLimits
{
    public const int MostCharacters = 16 * 1024;

    /// <summary>The deepest query of the introspection that clients send has 13 levels.</summary>
    public const int MostLevels = 15;

    /// <summary>
    /// The highest cost. Each object that a query can return costs 1, each of its values <see cref="OneValue"/>, and each
    /// field that reads a store <see cref="OneRead"/>.
    /// </summary>
    public const int MostCost = 1_000;

    /// <summary>The cost of a value. Without it, aliases could ask for the same text a thousand times.</summary>
    public const double OneValue = 0.1;

    /// <summary>How many commands a request sends. They share one wait.</summary>
    public const int MostCommands = 4;

    /// <summary>The largest answer, as for a page of REST.</summary>
    public const int MostAnswerBytes = Pages.MaxBytes;

    /// <summary>The cost of a field that reads a store: 100 of them fit in a query.</summary>
    public const int OneRead = 10;

    /// <summary>How many fields of one query are read at once.</summary>
    public const int AtOnce = 8;

    internal static IValidationRule Rule { get; } = new ComplexityValidationRule(new ComplexityOptions
    {
        MaxDepth = MostLevels,
        MaxComplexity = MostCost,
        DefaultScalarImpact = OneValue,
        DefaultObjectImpact = 1,
        DefaultListImpactMultiplier = 1,
    });

    /// <summary>The field reads a store, and returns one object.</summary>
    public static FieldBuilder<TSource, TReturn> CostsRead<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) =>
        field.WithComplexityImpact(OneRead);

    /// <summary>The field reads a store, and returns at most as many objects as its argument <c>limit</c>.</summary>
    public static FieldBuilder<TSource, TReturn> CostsPage<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) =>
        field.WithComplexityImpact(context => new FieldComplexityResult(OneRead, Math.Max(1, context.GetArgument<int>("limit"))));

    /// <summary>The field sends a command.</summary>
    public static FieldBuilder<TSource, TReturn> CostsCommand<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) =>
        field.WithComplexityImpact(MostCost / (MostCommands + 0.5));

    /// <summary>The field returns about as many objects as this.</summary>
    public static FieldBuilder<TSource, TReturn> CostsEach<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int usual) =>
        field.WithComplexityImpact(1, usual);
}
