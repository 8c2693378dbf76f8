using Mono.Cecil;

namespace ServerlessCqrs.Architecture.Specs;

public sealed class RouteSpecs
{
    [Fact]
    public void Each_command_that_clients_send_has_a_route()
    {
        var commands = BuiltProject.TypesIn("services/Shop")
            .Where(type => type is { IsClass: true, IsAbstract: false } && Is(type, "ICommand") && !Is(type, "IProcessCommand"))
            .ToList();

        var sent = BuiltProject.TypesIn("services/CommandApi")
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Select(instruction => (instruction.Operand as MethodReference)?.DeclaringType.FullName)
            .ToHashSet();

        Assert.NotEmpty(commands);
        Assert.Empty(commands
            .Where(command => !sent.Contains(command.FullName))
            .Select(command => $"{command.Name} has no route. Map one in the feature's file in services/CommandApi."));
    }

    private static bool Is(TypeDefinition type, string name) =>
        type.FullName == $"ServerlessCqrs.Streams.{name}" || type.Interfaces.Any(one => Is(one.InterfaceType.Resolve(), name));
}
