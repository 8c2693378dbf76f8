using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Declarations;

/// <summary>Finds what is missing in a declared document. Each sentence names the missing piece and its place.</summary>
internal static class ReadModelCheck
{
    private static readonly string Sum = DynamoAggregates.SumOf("");

    public static IEnumerable<string> MissingIn<TDocument>(DocumentDeclaration<TDocument> document, Domain domain, TypeTests code)
        where TDocument : class
    {
        var projection = document.Projection;
        var apply = ApplyOf(projection);
        if (domain.DeciderOf(document.Category) is not { } decider)
            yield return $"No stream has the category '{document.Category}', which {projection.GetType().Name}{SourceFile.In(projection.GetType())} follows.";
        else if (decider is ITypedDecider typed && !projection.IgnoresOthers)
            foreach (var @event in Unknown(apply, typed, domain, code))
                yield return $"{@event.Name} has no projection. Add a case to {apply.DeclaringType!.Name}.{apply.Name} in {SourceFile.Of(apply)}.";

        if (projection.Shape.ProblemWith(projection.Json, apply) is { } problem) yield return problem;
        foreach (var missing in OfLists(document)) yield return missing;
    }

    /// <summary>Returns the lists that no document declares: their index would not exist.</summary>
    public static IEnumerable<string> Undeclared(IReadOnlyList<DocumentDeclaration> documents)
    {
        var declared = documents.SelectMany(document => document.DeclaredLists).ToHashSet(ReferenceEqualityComparer.Instance);
        return documents.Select(document => document.ProjectionType.Assembly).Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(property => IsList(property.PropertyType) && !declared.Contains(property.GetValue(null)!))
            .Select(property => $"No document declares the list {property.DeclaringType!.Name}.{property.Name}. "
                + $"Add it to the Lists of a DocumentDeclaration of {property.PropertyType.GenericTypeArguments[0].Name}.");
    }

    private static bool IsList(Type type) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(DocumentList<>);

    private static IEnumerable<Type> Unknown(MethodInfo apply, ITypedDecider decider, Domain domain, TypeTests code)
    {
        var known = code.In(apply).Types;
        return domain.Events.NewestTypes.Where(@event => decider.Events.IsAssignableFrom(@event) && !known.Contains(@event));
    }

    private static IEnumerable<string> OfLists<TDocument>(DocumentDeclaration<TDocument> document)
        where TDocument : class
    {
        var name = typeof(TDocument).Name;
        foreach (var (list, count) in document.Lists.CountBy(list => list.Name))
            if (count > 1) yield return $"{count} lists of {name} are called '{list}'. Give each its own name.";

        var attributes = document.Lists.SelectMany(list => new[] { list.Partition, list.Key }).Concat(document.Beside).Distinct().ToList();
        foreach (var (attribute, count) in attributes.CountBy(attribute => attribute.Name))
            if (count > 1) yield return $"{count} attributes of {name} are called '{attribute}', and only one is stored. Give each its own name.";

        var stored = attributes.Select(attribute => attribute.Name).Append(DocumentList<TDocument>.Document).ToHashSet();
        foreach (var list in document.Lists)
            foreach (var carried in list.Carries.Where(carried => !stored.Contains(carried) && !carried.StartsWith(Sum, StringComparison.Ordinal)))
                yield return $"The list '{list.Name}' carries '{carried}', which {name} does not store. Declare it in Beside.";
    }

    private static MethodInfo ApplyOf<TDocument>(IProjection<TDocument> projection)
        where TDocument : class
    {
        var map = projection.GetType().GetInterfaceMap(typeof(IProjection<TDocument>));
        return map.TargetMethods[Array.FindIndex(map.InterfaceMethods, method => method.Name == nameof(IProjection<>.Apply))];
    }
}
