using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ServerlessCqrs.Architecture.Specs;

/// <summary>
/// The types and texts that a type's members, bodies and attributes use. Nested types count as part of it.
/// </summary>
internal sealed class TypeUse
{
    private readonly HashSet<string> _types = [];
    private readonly HashSet<string> _texts = [];

    private TypeUse(TypeDefinition type) => AddType(type);

    /// <summary>The full names of the outermost types.</summary>
    public IReadOnlySet<string> Types => _types;

    /// <summary>The texts in its code, constants and attributes.</summary>
    public IReadOnlySet<string> Texts => _texts;

    public static TypeUse Of(TypeDefinition type) => new(type);

    private void AddType(TypeDefinition type)
    {
        Add(type.BaseType);
        foreach (var one in type.Interfaces) Add(one.InterfaceType);
        AddAttributes(type);
        AddGenerics(type);
        foreach (var field in type.Fields) AddField(field);
        foreach (var property in type.Properties) AddAttributes(property);
        foreach (var method in type.Methods) AddMethod(method);
        foreach (var nested in type.NestedTypes) AddType(nested);
    }

    private void AddField(FieldDefinition field)
    {
        Add(field.FieldType);
        AddAttributes(field);
        if (field.Constant is string text) _texts.Add(text);
    }

    private void AddMethod(MethodDefinition method)
    {
        AddAttributes(method);
        AddGenerics(method);
        AddSignature(method);
        foreach (var parameter in method.Parameters) AddAttributes(parameter);
        if (!method.HasBody) return;
        foreach (var variable in method.Body.Variables) Add(variable.VariableType);
        foreach (var handler in method.Body.ExceptionHandlers) Add(handler.CatchType);
        foreach (var instruction in method.Body.Instructions) AddOperand(instruction);
    }

    private void AddOperand(Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case FieldReference field:
                Add(field.DeclaringType);
                Add(field.FieldType);
                break;
            case MethodReference method:
                Add(method.DeclaringType);
                AddSignature(method);
                if (method is GenericInstanceMethod generic) foreach (var argument in generic.GenericArguments) Add(argument);
                break;
            default:
                AddValue(instruction.Operand);
                break;
        }
    }

    private void AddSignature(MethodReference method)
    {
        Add(method.ReturnType);
        foreach (var parameter in method.Parameters) Add(parameter.ParameterType);
    }

    private void AddGenerics(IGenericParameterProvider provider)
    {
        foreach (var constraint in provider.GenericParameters.SelectMany(parameter => parameter.Constraints)) Add(constraint.ConstraintType);
    }

    private void AddAttributes(ICustomAttributeProvider provider)
    {
        foreach (var attribute in provider.CustomAttributes)
        {
            Add(attribute.AttributeType);
            foreach (var argument in attribute.ConstructorArguments) AddValue(argument.Value);
            foreach (var named in attribute.Properties) AddValue(named.Argument.Value);
        }
    }

    private void AddValue(object? value)
    {
        switch (value)
        {
            case string text:
                _texts.Add(text);
                break;
            case TypeReference type:
                Add(type);
                break;
            case CustomAttributeArgument inner:
                AddValue(inner.Value);
                break;
            case CustomAttributeArgument[] several:
                foreach (var one in several) AddValue(one.Value);
                break;
        }
    }

    private void Add(TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                Add(generic.ElementType);
                foreach (var argument in generic.GenericArguments) Add(argument);
                return;
            case IModifierType modified:
                Add(modified.ModifierType);
                Add(modified.ElementType);
                return;
            case TypeSpecification specification:
                Add(specification.ElementType);
                return;
        }

        while (type.DeclaringType is { } outer) type = outer;
        _types.Add(type.FullName);
    }
}
