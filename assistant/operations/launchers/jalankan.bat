@echo off
rem Menjalankan Asisten UEP; pilihan diteruskan, misalnya jalankan.bat --port 8000
setlocal
cd /d "%~dp0"
set /p V=<KINI
set /p L=<"versi\%V%\LINGKUNGAN"
if not exist "lingkungan\%L%\SELESAI" call pasang.bat || exit /b 1
set HF_HUB_OFFLINE=1
set GRADIO_ANALYTICS_ENABLED=False
set PYTHONUTF8=1
"lingkungan\%L%\Scripts\python.exe" "versi\%V%\app.py" %*
