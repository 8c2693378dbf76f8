using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// Lists the AWS operations that a program's code can reach from its entry point, as <see cref="Calls.Call"/> names
/// them. An operation counts when reachable code creates its request or calls its method on a client.
/// <para>
/// The analysis follows calls, delegates and constructors. It follows a virtual call into each type that reachable code
/// creates or names as a type argument, as dependency injection does. It never misses such a call, but it may list one
/// that no input leads to.
/// </para>
/// </summary>
public sealed class ReachableCalls
{
    private static readonly Dictionary<string, string> Services = new(StringComparer.Ordinal)
    {
        ["ApiGatewayManagementApi"] = "ApiGatewayManagementApi",
        ["CloudFormation"] = "CloudFormation",
        ["CloudFront"] = "CloudFront",
        ["DynamoDBv2"] = "DynamoDB",
        ["KeyManagementService"] = "KMS",
        ["Kinesis"] = "Kinesis",
        ["SecretsManager"] = "SecretsManager",
        ["SimpleEmailV2"] = "SESv2",
        ["SimpleNotificationService"] = "SNS",
        ["SQS"] = "SQS",
    };

    private static readonly string[] PartsOfBatches = ["DeleteRequest", "PutRequest", "WriteRequest"];

    private static readonly string[] PartsOfTransactions = ["ConditionCheck", "Delete", "Put", "Update"];

    private readonly Dictionary<string, TypeDefinition> _ours = new(StringComparer.Ordinal);
    private readonly HashSet<string> _created = new(StringComparer.Ordinal);
    /// <summary>Each reachable method, and the one that leads to it.</summary>
    private readonly Dictionary<MethodDefinition, MethodDefinition?> _reached = [];
    private readonly SortedDictionary<string, MethodDefinition> _operations = new(StringComparer.Ordinal);
    private MethodDefinition? _following;
    private readonly Queue<MethodDefinition> _open = new();

    /// <summary>Virtual methods of ours that reachable code calls, and the created types that may answer.</summary>
    private readonly HashSet<MethodDefinition> _called = [];
    private readonly List<TypeDefinition> _answering = [];

    private ReachableCalls(string folder, string entry)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(folder);
        ModuleDefinition? program = null;
        foreach (var file in Directory.EnumerateFiles(folder, "ServerlessCqrs.*.dll"))
        {
            var module = ModuleDefinition.ReadModule(file, new ReaderParameters { AssemblyResolver = resolver });
            if (Path.GetFileNameWithoutExtension(file) == entry) program = module;
            foreach (var type in module.GetTypes()) _ours[type.FullName] = type;
        }

        Reach(program!.EntryPoint);
        while (_open.TryDequeue(out _following)) Follow(_following);
    }

    /// <summary>Service and operation: <c>DynamoDB.GetItem</c>, <c>DynamoDB.TransactWriteItems.Put</c>.</summary>
    public IReadOnlyCollection<string> Operations => _operations.Keys;

    /// <param name="folder">Where the program and all that it uses was built to.</param>
    /// <param name="entry">The name of its assembly.</param>
    public static ReachableCalls Of(string folder, string entry) => new(folder, entry);

    /// <summary>The methods that lead to an operation, the last one first.</summary>
    public string WayTo(string operation)
    {
        var way = new List<string>();
        for (MethodDefinition? one = _operations[operation]; one is not null && way.Count < 12; one = _reached[one])
            if (one.Name != "MoveNext") way.Add($"{one.DeclaringType.Name}.{one.Name}");
        return string.Join(" < ", way);
    }

    private void Reach(MethodDefinition? method)
    {
        if (method is not null && _reached.TryAdd(method, _following)) _open.Enqueue(method);
    }

    private void Follow(MethodDefinition method)
    {
        foreach (var initializer in method.DeclaringType.Methods.Where(one => one.IsConstructor && one.IsStatic))
            Reach(initializer);
        if (!method.HasBody || IsSerializer(method.DeclaringType)) return;
        foreach (var variable in method.Body.Variables) Create(variable.VariableType, asArgument: false);
        foreach (var instruction in method.Body.Instructions) Follow(instruction);
    }

    /// <summary>A generated serializer can create each request that it knows, and sends none.</summary>
    private static bool IsSerializer(TypeDefinition? type) => type is not null
        && (type.BaseType?.Name == "JsonSerializerContext" || IsSerializer(type.DeclaringType));

    private void Follow(Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case MethodReference called:
                foreach (var argument in ArgumentsOf(called)) Create(argument, asArgument: true);
                if (instruction.OpCode.Code == Code.Newobj) Create(called.DeclaringType, asArgument: false);
                Note(called, instruction.OpCode.Code == Code.Newobj);
                if (Find(called) is { } ours) Call(ours);
                break;
            case FieldReference field when Ours(field.DeclaringType) is { } holder:
                foreach (var initializer in holder.Methods.Where(one => one.IsConstructor && one.IsStatic))
                    Reach(initializer);
                break;
            // A type that code names may be created by reflection.
            case TypeReference type when instruction.OpCode.Code is Code.Ldtoken or Code.Initobj:
                Create(type, asArgument: true);
                break;
        }
    }

    private void Call(MethodDefinition method)
    {
        Reach(method);
        if (!method.IsVirtual || !_called.Add(method)) return;
        foreach (var type in _answering.ToList()) Answer(type, method);
    }

    /// <summary>
    /// Code creates the type. What a framework may call of it is reachable from now on: it calls overrides of its own
    /// methods, and the constructor of a type argument.
    /// </summary>
    private void Create(TypeReference? reference, bool asArgument)
    {
        if (reference is GenericInstanceType generic)
            foreach (var argument in generic.GenericArguments) Create(argument, asArgument);
        if (Ours(reference) is not { } type || type.IsInterface) return;
        if (asArgument)
            foreach (var constructor in type.Methods.Where(one => one.IsConstructor && !one.IsStatic))
                Reach(constructor);
        if (!_created.Add(type.FullName)) return;
        _answering.Add(type);
        foreach (var called in _called.ToList()) Answer(type, called);
        for (var one = type; one is not null; one = Ours(one.BaseType))
            foreach (var method in one.Methods.Where(IsCalledFromOutside)) Reach(method);
    }

    private void Answer(TypeDefinition type, MethodDefinition called)
    {
        if (!IsA(type, called.DeclaringType)) return;
        for (var one = type; one is not null; one = Ours(one.BaseType))
            foreach (var method in one.Methods.Where(method => Implements(method, called))) Reach(method);
    }

    private static bool Implements(MethodDefinition method, MethodDefinition called) => method.IsVirtual
        && (method.Overrides.Any(one => one.Name == called.Name)
            || (method.Name == called.Name && method.Parameters.Count == called.Parameters.Count));

    /// <summary>It overrides or implements a method that is not ours.</summary>
    private bool IsCalledFromOutside(MethodDefinition method)
    {
        if (!method.IsVirtual) return false;
        if (method.Overrides.Any(one => Ours(one.DeclaringType) is null)) return true;
        var type = method.DeclaringType;
        return AllOf(type).Any(one => Ours(one) is null && one.FullName != "System.Object")
            && !AllOf(type).Select(Ours).OfType<TypeDefinition>().Where(one => one != type)
                .SelectMany(one => one.Methods).Any(one => Implements(method, one));
    }

    private bool IsA(TypeDefinition type, TypeDefinition other) =>
        type == other || AllOf(type).Any(one => Ours(one) == other);

    /// <summary>Base types and interfaces, those of its base types and interfaces too.</summary>
    private IEnumerable<TypeReference> AllOf(TypeDefinition type) =>
        type.Interfaces.Select(one => one.InterfaceType).Append(type.BaseType).OfType<TypeReference>()
            .SelectMany(one => Ours(one) is { } ours ? AllOf(ours).Prepend(one) : [one]);

    /// <summary>A request that is created, or a client's method that creates one itself.</summary>
    private void Note(MethodReference called, bool isCreation)
    {
        var type = called.DeclaringType.GetElementType();
        var parts = type.Namespace.Split('.');
        if (parts is not ["Amazon", var name, ..] || !Services.TryGetValue(name, out var service)) return;
        if (!isCreation && type.Name.StartsWith("IAmazon", StringComparison.Ordinal)
            && called.Name.EndsWith("Async", StringComparison.Ordinal))
            Add($"{service}.{called.Name[..^"Async".Length]}");
        else if (isCreation && type.Name.EndsWith("Request", StringComparison.Ordinal)
            && !PartsOfBatches.Contains(type.Name))
            Add($"{service}.{type.Name[..^"Request".Length]}");
        else if (isCreation && service == "DynamoDB" && PartsOfTransactions.Contains(type.Name))
            Add($"{service}.TransactWriteItems.{type.Name}");

        void Add(string operation) => _operations.TryAdd(operation, _following!);
    }

    private MethodDefinition? Find(MethodReference called)
    {
        if (Ours(called.DeclaringType) is not { } type) return null;
        var name = called.GetElementMethod().Name;
        return type.Methods.FirstOrDefault(one => one.Name == name
            && one.GenericParameters.Count == (called as GenericInstanceMethod)?.GenericArguments.Count
            && Signature(one) == Signature(called.GetElementMethod()))
            ?? type.Methods.FirstOrDefault(one => one.Name == name
                && Signature(one) == Signature(called.GetElementMethod()))
            ?? (Ours(type.BaseType) is null ? null : type.Methods.FirstOrDefault(one => one.Name == name));
    }

    /// <summary>A call names the type parameters of its method by position, and the method itself by name.</summary>
    private static string Signature(MethodReference method) =>
        string.Join(',', method.Parameters.Select(one => NameOf(one.ParameterType)));

    private static string NameOf(TypeReference type) => type switch
    {
        GenericParameter parameter => $"{(parameter.Type == GenericParameterType.Method ? "!!" : "!")}{parameter.Position}",
        GenericInstanceType generic => $"{generic.ElementType.FullName}<{string.Join(',', generic.GenericArguments.Select(NameOf))}>",
        TypeSpecification wrapped => $"{NameOf(wrapped.ElementType)} {wrapped.GetType().Name}",
        _ => type.FullName,
    };

    private static IEnumerable<TypeReference> ArgumentsOf(MethodReference called) =>
    [
        .. called is GenericInstanceMethod method ? method.GenericArguments : [],
        .. called.DeclaringType is GenericInstanceType type ? type.GenericArguments : [],
    ];

    private TypeDefinition? Ours(TypeReference? type) =>
        type is null ? null : _ours.GetValueOrDefault(type.GetElementType().FullName);
}
