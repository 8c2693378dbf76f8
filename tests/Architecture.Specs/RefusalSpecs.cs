using System.Text.RegularExpressions;
using Mono.Cecil;

namespace ServerlessCqrs.Architecture.Specs;

/// <summary>
/// Each refusal code is declared in one place, with its kind. A decider never writes a code as a literal, which has no
/// kind.
/// </summary>
public sealed partial class RefusalSpecs
{
    [Fact]
    public void Shop_spells_codes_of_refusals_only_in_their_declarations()
    {
        var methods = BuiltProject.TypesIn("services/Shop").SelectMany(type => type.Methods).ToList();
        var declarations = methods.Where(method => method is { IsConstructor: true, IsStatic: true } && method.DeclaringType.Fields.Any(IsRefusal)).ToList();

        var spelled = methods.Except(declarations).SelectMany(
            Texts,
            (method, text) => $"{method.DeclaringType.Name}.{method.Name} says \"{text}\". Declare it as a Refusal in a static field.");

        Assert.Contains("not_the_owner", declarations.SelectMany(Texts));
        Assert.Empty(spelled);
    }

    private static bool IsRefusal(FieldDefinition field) => field.IsStatic && field.FieldType.FullName == "ServerlessCqrs.Streams.Refusal";

    private static IEnumerable<string> Texts(MethodDefinition method) => method.HasBody
        ? method.Body.Instructions.Select(instruction => instruction.Operand).OfType<string>().Where(text => Code().IsMatch(text))
        : [];

    [GeneratedRegex("^[a-z]+(_[a-z]+)+$")]
    private static partial Regex Code();
}
