namespace PropertyManager.Web.Shell.Parts;

/// <summary>The icons of the product, drawn by <see cref="Icon"/> on a grid of 16 by 16.</summary>
public enum Glyph
{
    ArrowRight,
    Check,
    ChevronDown,
    ChevronRight,
    Clock,
    Copy,
    Cross,
    Info,
    Menu,
    Minus,
    Moon,
    Plus,
    Rolling,
    Screen,
    Search,
    Stop,
    Sun,
    Warning,
}
