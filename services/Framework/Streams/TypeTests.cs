using System.Reflection;
using System.Reflection.Emit;

namespace ServerlessCqrs.Streams;

/// <summary>
/// Finds the types that a method tests values for, itself or in the methods of its assembly that it calls. A switch
/// over types compiles to such tests, so they show its cases. It reads the compiled code and runs none of it.
/// </summary>
internal sealed class TypeTests
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly OpCode[] OneByte = new OpCode[256];
    private static readonly OpCode[] TwoBytes = new OpCode[256];

    private readonly Dictionary<MethodBase, (IReadOnlyList<Type> Tested, IReadOnlyList<MethodBase> Called)> _read = [];

    static TypeTests()
    {
        foreach (var code in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!))
            (code.Size == 1 ? OneByte : TwoBytes)[code.Value & 0xFF] = code;
    }

    /// <summary>Returns the tested types, and the methods that were read.</summary>
    public (IReadOnlySet<Type> Types, IReadOnlySet<MethodBase> Methods) In(MethodBase start)
    {
        HashSet<Type> types = [];
        HashSet<MethodBase> methods = [start];
        var unread = new Queue<MethodBase>(methods);
        while (unread.TryDequeue(out var method))
        {
            if (!_read.TryGetValue(method, out var found)) _read.Add(method, found = Read(method));
            types.UnionWith(found.Tested);
            foreach (var called in found.Called)
                if (methods.Add(called)) unread.Enqueue(called);
        }

        return (types, methods);
    }

    /// <summary>Returns the types that methods of an assembly create, or take as a parameter.</summary>
    /// <param name="isOther">Says which types' methods do not count.</param>
    public static IReadOnlySet<Type> CreatedOrTakenBy(Assembly assembly, Predicate<Type> isOther)
    {
        HashSet<Type> types = [];
        foreach (var method in assembly.GetTypes().Where(type => !isOther(type)).SelectMany(type => type.GetMembers(Declared)).OfType<MethodBase>())
        {
            types.UnionWith(method.GetParameters().Select(parameter => parameter.ParameterType));
            types.UnionWith(OperandsOf(method).Where(one => one.Code == OpCodes.Newobj).Select(one => one.Member.DeclaringType!));
        }

        return types;
    }

    private static (IReadOnlyList<Type> Tested, IReadOnlyList<MethodBase> Called) Read(MethodBase method)
    {
        List<Type> tested = [];
        List<MethodBase> called = [];
        foreach (var (code, member) in OperandsOf(method))
        {
            switch (member)
            {
                case Type type:
                    tested.Add(type);
                    break;
                case MethodBase other when other.Module == method.Module:
                    called.Add(other);
                    // The compiler puts an iterator's code into a hidden class.
                    if (code == OpCodes.Newobj && other.DeclaringType is { Name: ['<', ..] } hidden)
                        called.AddRange(hidden.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly));
                    break;
            }
        }

        return (tested, called);
    }

    /// <summary>Returns the methods that a method calls, and the types that it tests for.</summary>
    private static IEnumerable<(OpCode Code, MemberInfo Member)> OperandsOf(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) yield break;
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? TwoBytes[il[at + 1]] : OneByte[il[at]];
            at += code.Size;
            if ((code.OperandType == OperandType.InlineMethod || code == OpCodes.Isinst) && Resolve(method, BitConverter.ToInt32(il, at)) is { } member)
                yield return (code, member);
            at += SizeOf(code.OperandType, il, at);
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static int SizeOf(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
        _ => 4,
    };
}
