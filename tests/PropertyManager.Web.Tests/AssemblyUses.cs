using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace PropertyManager.Web.Tests;

/// <summary>That a type names another.</summary>
/// <param name="User">Full name of the outermost type that does; what the compiler makes (closures, state machines) counts as its owner's.</param>
/// <param name="Used">Full name of the outermost type that is named.</param>
public readonly record struct Use(string User, string Used);

/// <summary>
/// Which types of an assembly name which others, read from its metadata: base types, interfaces, constraints, attributes and their types,
/// fields, signatures, local variables, caught exceptions and every token in the method bodies, generic arguments included.
/// Constants and <c>nameof</c> leave no trace in an assembly, so they are not seen.
/// </summary>
public sealed class AssemblyUses
{
    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    private readonly MetadataReader _metadata;
    private readonly PEReader _file;
    private readonly TypeNames _names;
    private readonly HashSet<Use> _uses = [];
    private string _user = "";

    private AssemblyUses(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _names = new TypeNames(Found);
    }

    public static IReadOnlyCollection<Use> Of(System.Reflection.Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var walk = new AssemblyUses(file);
        foreach (var handle in walk._metadata.TypeDefinitions)
            walk.Type(handle);
        return walk._uses;
    }

    private void Found(string type)
    {
        if (type != _user)
            _uses.Add(new Use(_user, type));
    }

    private void Type(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        _user = TypeNames.Outermost(_metadata, handle);

        Token(type.BaseType);
        Attributes(type.GetCustomAttributes());
        Parameters(type.GetGenericParameters());
        foreach (var implementation in type.GetInterfaceImplementations())
            Token(_metadata.GetInterfaceImplementation(implementation).Interface);
        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            field.DecodeSignature(_names, null);
            Attributes(field.GetCustomAttributes());
        }
        foreach (var property in type.GetProperties())
            Attributes(_metadata.GetPropertyDefinition(property).GetCustomAttributes());
        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
            Method(method);
    }

    private void Method(MethodDefinition method)
    {
        method.DecodeSignature(_names, null);
        Attributes(method.GetCustomAttributes());
        Parameters(method.GetGenericParameters());
        foreach (var parameter in method.GetParameters())
            Attributes(_metadata.GetParameter(parameter).GetCustomAttributes());
        if (method.RelativeVirtualAddress == 0)
            return;

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null);
        foreach (var region in body.ExceptionRegions)
            Token(region.CatchType);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
            Instruction(ref code);
    }

    private void Instruction(ref BlobReader code)
    {
        short value = code.ReadByte();
        if (value == 0xFE)
            value = unchecked((short)(0xFE00 | code.ReadByte()));
        switch (Operands[value])
        {
            case OperandType.InlineNone:
                break;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                code.Offset += 1;
                break;
            case OperandType.InlineVar:
                code.Offset += 2;
                break;
            case OperandType.InlineI8 or OperandType.InlineR:
                code.Offset += 8;
                break;
            case OperandType.InlineSwitch:
                var targets = code.ReadInt32(); // read first: "+=" would take the offset from before the count
                code.Offset += 4 * targets;
                break;
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                Token(MetadataTokens.EntityHandle(code.ReadInt32()));
                break;
            default: // a string, a jump, a signature, a number
                code.Offset += 4;
                break;
        }
    }

    private void Token(EntityHandle handle)
    {
        if (handle.IsNil)
            return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Found(TypeNames.Outermost(_metadata, (TypeDefinitionHandle)handle));
                break;
            case HandleKind.TypeReference:
                Found(TypeNames.Outermost(_metadata, (TypeReferenceHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null);
                break;
            case HandleKind.MethodDefinition:
                Token(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Token(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodSpecification:
                var instance = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                instance.DecodeSignature(_names, null);
                Token(instance.Method);
                break;
            case HandleKind.MemberReference:
                var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                Token(member.Parent);
                if (member.GetKind() == MemberReferenceKind.Field)
                    member.DecodeFieldSignature(_names, null);
                else
                    member.DecodeMethodSignature(_names, null);
                break;
        }
    }

    private void Parameters(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(parameter => _metadata.GetGenericParameter(parameter).GetConstraints()))
            Token(_metadata.GetGenericParameterConstraint(constraint).Type);
    }

    private void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(_metadata.GetCustomAttribute))
        {
            Token(attribute.Constructor);
            attribute.DecodeValue(_names);
        }
    }

    /// <summary>Reports every type that a signature or an attribute's value is made of; the decoder asks for them one by one.</summary>
    private sealed class TypeNames(Action<string> found) : ISignatureTypeProvider<string, object?>, ICustomAttributeTypeProvider<string>
    {
        public static string Outermost(MetadataReader reader, TypeDefinitionHandle handle)
        {
            var type = reader.GetTypeDefinition(handle);
            while (!type.GetDeclaringType().IsNil)
                type = reader.GetTypeDefinition(type.GetDeclaringType());
            return Full(reader.GetString(type.Namespace), reader.GetString(type.Name));
        }

        public static string Outermost(MetadataReader reader, TypeReferenceHandle handle)
        {
            var type = reader.GetTypeReference(handle);
            while (type.ResolutionScope.Kind == HandleKind.TypeReference)
                type = reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            return Full(reader.GetString(type.Namespace), reader.GetString(type.Name));
        }

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            Report(Outermost(reader, handle));

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Report(Outermost(reader, handle));

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        /// <summary>typeof(X) in an attribute: "Name.Space.Outer+Inner`1[[…]], Assembly"; the arguments of a generic type are left aside.</summary>
        public string GetTypeFromSerializedName(string name) => Report(name.Split('+', ',', '[')[0]);

        public string GetSystemType() => "System.Type";

        public bool IsSystemType(string type) => type == "System.Type";

        // Enums in this solution have the default size, and the size is all that is asked for.
        public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";

        public string GetSZArrayType(string elementType) => elementType;

        public string GetArrayType(string elementType, ArrayShape shape) => elementType;

        public string GetByReferenceType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        private string Report(string type)
        {
            found(type);
            return type;
        }

        private static string Full(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
    }
}
