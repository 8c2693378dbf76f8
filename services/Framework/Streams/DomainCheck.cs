using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Streams;

/// <summary>Finds what is missing in a domain. Each sentence names the missing piece and its place.</summary>
internal static class DomainCheck
{
    public static IReadOnlyList<string> MissingIn(Domain domain)
    {
        var deciders = domain.Deciders.OfType<ITypedDecider>().ToList();
        // A test may wrap deciders, whose code does not show their cases.
        if (deciders.Count < domain.Deciders.Count) return [];
        var code = new TypeTests();
        return
        [
            .. deciders.SelectMany(decider => Unlisted(decider, domain)),
            .. deciders.Select(decider => decider.Shape.ProblemWith(decider.State, decider.Evolves)).OfType<string>(),
            .. domain.Commands.NewestTypes.SelectMany(command => OfCommand(command, deciders, code)),
            .. domain.Events.NewestTypes.SelectMany(@event => OfEvent(@event, deciders, code)),
        ];
    }

    public static IReadOnlyList<string> UnsentBy(Assembly program, Domain domain)
    {
        var sent = TypeTests.CreatedOrTakenBy(program, IsNoRoute);
        return
        [
            .. domain.Commands.NewestTypes
                .Where(command => !command.IsAssignableTo(typeof(IProcessCommand)) && !sent.Contains(command))
                .Select(command => $"{command.Name}{SourceFile.In(command)} has no route. Map one in {SourceFile.FolderOf(program)}."),
        ];
    }

    /// <summary>Returns true for code that creates commands and sends none: a record copies itself, a JSON context reads.</summary>
    private static bool IsNoRoute(Type type) =>
        type.IsAssignableTo(typeof(ICommand))
        || type.IsAssignableTo(typeof(JsonSerializerContext))
        || (type.DeclaringType is { } outer && IsNoRoute(outer));

    private static IEnumerable<string> Unlisted(ITypedDecider decider, Domain domain)
    {
        var messages = decider.GetType().Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false });
        foreach (var type in messages)
        {
            if (decider.Commands.IsAssignableFrom(type) && !domain.Commands.Types.Contains(type))
                yield return Unlisted(type, nameof(domain.Commands));
            if (decider.Events.IsAssignableFrom(type) && !domain.Events.Types.Contains(type))
                yield return Unlisted(type, nameof(domain.Events));
        }
    }

    private static string Unlisted(Type message, string contracts) =>
        $"{message.Name}{SourceFile.In(message)} is in no contract. Give it a wire name, and add it to the JSON context of the domain's {contracts}.";

    private static IEnumerable<string> OfCommand(Type command, List<ITypedDecider> deciders, TypeTests code)
    {
        if (deciders.Find(one => one.Commands.IsAssignableFrom(command)) is not { } decider)
        {
            yield return $"No stream takes {command.Name}. Let it implement one of {string.Join(", ", deciders.Select(one => one.Commands.Name))}.";
            yield break;
        }

        if (!code.In(decider.Decides).Types.Contains(command)) yield return $"{command.Name} has no decision. Add a case to {PlaceOf(decider.Decides)}.";

        var check = code.In(command.GetInterfaceMap(typeof(ICommand)).TargetMethods[0]);
        if (check.Methods.FirstOrDefault(method => TakesAny(method, command)) is { } limits && !check.Types.Contains(command))
            yield return $"{command.Name} has no limits. Add a case to {limits.DeclaringType!.Name}.{limits.Name} in {SourceFile.Of(limits)}.";
    }

    private static IEnumerable<string> OfEvent(Type @event, List<ITypedDecider> deciders, TypeTests code)
    {
        if (deciders.Find(one => one.Events.IsAssignableFrom(@event)) is not { } decider)
            yield return $"No stream has {@event.Name}. Let it implement one of {string.Join(", ", deciders.Select(one => one.Events.Name))}.";
        else if (!code.In(decider.Evolves).Types.Contains(@event))
            yield return $"{@event.Name} has no evolve. Add a case to {PlaceOf(decider.Evolves)}.";
    }

    /// <summary>Returns true if the method takes all commands of a stream, so it must have a case for each.</summary>
    private static bool TakesAny(MethodBase method, Type command) => method.GetParameters()
        .Any(parameter => parameter.ParameterType is { IsInterface: true } type && typeof(ICommand).IsAssignableFrom(type) && type.IsAssignableFrom(command));

    private static string PlaceOf(MethodBase method) => $"{method.DeclaringType!.Name}.{method.Name} in {SourceFile.Of(method)}";
}

/// <summary>A decider whose types and code can be inspected.</summary>
internal interface ITypedDecider
{
    /// <summary>The base type of the stream's commands.</summary>
    Type Commands { get; }

    /// <summary>The base type of the stream's events.</summary>
    Type Events { get; }

    /// <summary>The shape of the state's JSON.</summary>
    ShapeVersion Shape { get; }

    JsonTypeInfo State { get; }

    MethodBase Decides { get; }

    MethodBase Evolves { get; }
}
